using System.CommandLine;
using RexecConformance.Captures.Writing;
using RexecConformance.Running;

namespace RexecConformance.Cli.Commands;

/// <summary>The option <c>--capture DIR</c> of verbs that drive targets.</summary>
internal static class CaptureOption
{
    // The time after which a process that was interrupted is ended.
    private static readonly TimeSpan s_afterInterrupt = TimeSpan.FromSeconds(1);

    public static Option<string?> Create() => new("--capture")
    {
        Description = "Also write each case on each target as a pcapng file there, for Wireshark; the packets hold passwords as they were sent",
        HelpName = "DIR",
    };

    /// <summary>Opens the folder, before anything is driven.</summary>
    /// <exception cref="Reports.ReportException">It can't be written to.</exception>
    public static CaptureFolder? Open(string? folder) => folder is null ? null : CaptureFolder.Open(folder);

    /// <summary>Writes what was driven, and says how much; after an interrupt as much as there is time for.</summary>
    /// <exception cref="Reports.ReportException">One can't be written.</exception>
    public static void Write(CaptureFolder? folder, string? path, IEnumerable<TargetResult> results, CancellationToken cancel)
    {
        if (folder is null)
        {
            return;
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        int driven = 0;
        foreach (VariantResult result in results.SelectMany(target => target.Results).Where(result => result.Transcript is not null))
        {
            driven++;
            if (!cancel.IsCancellationRequested || clock.Elapsed < s_afterInterrupt)
            {
                _ = folder.Write(result);
            }
        }

        string missing = driven > folder.Count ? $"; {driven - folder.Count} results have none: nothing was sent for them" : "";
        Console.Error.WriteLine($"rexec-conformance: {folder.Count} captures in {path}, with passwords as they were sent{missing}");
    }
}
