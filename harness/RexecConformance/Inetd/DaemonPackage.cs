using System.ComponentModel;
using System.Diagnostics;

namespace RexecConformance.Inetd;

/// <summary>Which package a daemon of this host comes from, where the system can tell.</summary>
internal static class DaemonPackage
{
    /// <summary>The daemon's path, and its package with version if dpkg knows it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ProvenanceAsync(string daemon, CancellationToken cancel)
    {
        var known = new Dictionary<string, string> { ["daemon"] = daemon };
        if (await QueryAsync(["-S", daemon], cancel) is { } owner && owner.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0
            && await QueryAsync(["-W", "-f", "${Package} ${Version}", owner[..colon].Split(',')[0]], cancel) is { } package)
        {
            known["package"] = package;
        }

        return known;
    }

    private static async Task<string?> QueryAsync(string[] arguments, CancellationToken cancel)
    {
        try
        {
            using Process? query = Process.Start(new ProcessStartInfo("dpkg-query", arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (query is null)
            {
                return null;
            }

            string text = (await query.StandardOutput.ReadToEndAsync(cancel)).Trim();
            await query.WaitForExitAsync(cancel);
            return query.ExitCode == 0 && text.Length > 0 ? text.Split('\n')[0] : null;
        }
        catch (Win32Exception)
        {
            // No dpkg here.
            return null;
        }
    }
}
