using System.Globalization;
using System.Net;

namespace Rexecd;

/// <summary>Values of options: addresses, ports and durations.</summary>
internal static class OptionValue
{
    /// <summary><c>HOST:PORT</c>, where HOST is an address, [IPv6 address] or localhost, and PORT a number or a service.</summary>
    public static IPEndPoint EndPoint(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "" : text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        string address = host == "localhost" ? "127.0.0.1" : host.Trim('[', ']');
        string port = text[(colon + 1)..];
        if (!IPAddress.TryParse(address, out IPAddress? ip) || bracketed != address.Contains(':'))
        {
            throw new FileFormatException($"--listen: '{text}' is not ADDRESS:PORT or [IPv6 ADDRESS]:PORT");
        }

        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? new IPEndPoint(ip, number)
            : port.Length > 0 && char.IsAsciiLetter(port[0]) ? new IPEndPoint(ip, ServicesDatabase.TcpPort(port))
            : throw new FileFormatException($"--listen: '{text}' is not ADDRESS:PORT or [IPv6 ADDRESS]:PORT");
    }

    /// <summary><c>LOW-HIGH</c> or one port; null stays null.</summary>
    public static PortRange? Ports(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        int dash = text.IndexOf('-');
        return ushort.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out ushort low)
            && ushort.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort high)
            && low > 0 && low <= high
            ? new PortRange(low, high)
            : throw new FileFormatException($"{option}: '{text}' is not LOW-HIGH, two ports from 1 to 65535");
    }

    /// <summary><c>NAME=VALUE</c>, each name once or the last of them.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string option, IEnumerable<string> texts)
    {
        var variables = new Dictionary<string, string>();
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=');
            variables[equals > 0 ? text[..equals] : throw new FileFormatException($"{option}: '{text}' is not NAME=VALUE")] = text[(equals + 1)..];
        }

        return variables;
    }

    /// <summary><c>500ms</c>, <c>60s</c>, <c>500</c> (milliseconds) or <c>none</c>; null stays null.</summary>
    public static TimeSpan? Duration(string option, string? text)
    {
        if (text is null or "none")
        {
            return text is null ? null : Timeout.InfiniteTimeSpan;
        }

        bool milliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        bool seconds = !milliseconds && text.EndsWith('s');
        string number = text[..^(milliseconds ? 2 : seconds ? 1 : 0)];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= int.MaxValue / 1000
            ? TimeSpan.FromMilliseconds(seconds ? value * 1000L : value)
            : throw new FileFormatException($"{option}: '{text}' is not a duration such as 500ms, 60s or none");
    }
}
