using System.Globalization;

namespace Rexecd;

/// <summary>The services database: the manuals say that the server listens at the port that it gives for "exec".</summary>
internal static class ServicesDatabase
{
    private static readonly string Standard = OperatingSystem.IsWindows()
        ? Path.Combine(Environment.SystemDirectory, "drivers", "etc", "services")
        : "/etc/services";

    /// <summary>The TCP port of a service, by its name or an alias.</summary>
    /// <exception cref="FileFormatException">No such service, or no database.</exception>
    public static ushort TcpPort(string service, string? path = null)
    {
        string file = path ?? Standard;
        try
        {
            return File.ReadLines(file).Select(line => TcpPortIn(line, service)).FirstOrDefault(port => port is not null)
                ?? throw new FileFormatException($"--listen: service '{service}' (tcp) is not in {file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileFormatException($"--listen: service '{service}': {e.Message}");
        }
    }

    /// <summary><c>line = name port "/tcp" *alias ["#" comment]</c></summary>
    private static ushort? TcpPortIn(string line, string service)
    {
        string[] words = line.Split('#', 2)[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words is [string name, string port, .. string[] aliases]
            && (name == service || aliases.Contains(service))
            && port.EndsWith("/tcp", StringComparison.Ordinal)
            && ushort.TryParse(port.AsSpan(0, port.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? number
            : null;
    }
}
