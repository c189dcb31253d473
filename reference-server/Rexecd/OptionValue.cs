using System.Globalization;
using System.Net;

namespace Rexecd;

/// <summary>Values of options: addresses and durations.</summary>
internal static class OptionValue
{
    /// <summary><c>HOST:PORT</c>, where HOST is an address, [IPv6 address] or localhost.</summary>
    public static IPEndPoint EndPoint(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "" : text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        string address = host == "localhost" ? "127.0.0.1" : host.Trim('[', ']');
        return IPAddress.TryParse(address, out IPAddress? ip)
            && bracketed == address.Contains(':')
            && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            ? new IPEndPoint(ip, port)
            : throw new FileFormatException($"--listen: '{text}' is not ADDRESS:PORT or [IPv6 ADDRESS]:PORT");
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
