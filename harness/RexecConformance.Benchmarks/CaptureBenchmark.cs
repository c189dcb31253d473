using System.Diagnostics;
using System.Globalization;

namespace RexecConformance.Benchmarks;

/// <summary>Speed and memory of the capture reader. Exit code 1 if a bound that the project promises is not kept.</summary>
internal static class CaptureBenchmark
{
    /// <summary>Reads one file and prints the most anonymous memory that it took, in bytes.</summary>
    public const string MemoryVerb = "memory-of";

    private const double PromisedGigabytes = 1.0;
    private const double PromisedTimesTshark = 50;
#if HAS_SHARPPCAP
    private const double PromisedTimesSharpPcap = 2;
#endif
    private const double PromisedMegabytesOfMemory = 150;

    public static int Run(int megabytes, int runs, int memoryMegabytes)
    {
        var folder = Directory.CreateTempSubdirectory("rexec-benchmarks-");
        try
        {
            OneCore();
            var path = Path.Combine(folder.FullName, "traffic.pcap");
            var kept = Speed(path, megabytes, runs);
            return kept & (memoryMegabytes == 0 || Memory(path, memoryMegabytes)) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Speed(string path, int megabytes, int runs)
    {
        var traffic = Make(path, megabytes);
        var bytes = new FileInfo(path).Length;
        Say($"{bytes / 1e6:F0} MB, {traffic.Packets} packets of {bytes / traffic.Packets} bytes on average, {traffic.RexecSessions} rexec sessions; one core, best of {runs}");
        var rows = new (string What, double Seconds)[]
        {
            ("records", Reading.Best(runs, () => Reading.Records(path))),
            ("reassembly of every stream", Reading.Best(runs, () => Reading.Reassembly(path))),
            ("conversations", Reading.Best(runs, () => Reading.Conversations(path))),
        };
        foreach (var (what, seconds) in rows)
        {
            Say($"{what,-28} {bytes / seconds / 1e9,6:F2} GB/s {seconds * 1e9 / traffic.Packets,6:F0} ns a packet");
        }

        var speed = bytes / rows[1].Seconds;
        var kept = Promise($"reassembly at {PromisedGigabytes:F1} GB/s or more", speed >= PromisedGigabytes * 1e9);
#if HAS_SHARPPCAP
        var other = bytes / Reading.Best(runs, () => SharpPcapRun.Reassembly(path));
        Say($"{"SharpPcap with PacketDotNet",-28} {other / 1e9,6:F2} GB/s");
        kept &= Promise($"{PromisedTimesSharpPcap:F0} times SharpPcap or more: {speed / other:F1} times", speed / other >= PromisedTimesSharpPcap);
#endif
        if (Tshark.Seconds(path) is not { } seconds0)
        {
            Say("tshark is not here: not compared");
            return kept;
        }

        Say($"{"tshark -T fields",-28} {bytes / seconds0 / 1e9,6:F3} GB/s");
        return kept & Promise($"{PromisedTimesTshark:F0} times tshark or more: {speed / (bytes / seconds0):F0} times", speed / (bytes / seconds0) >= PromisedTimesTshark);
    }

    private static bool Memory(string path, int megabytes)
    {
        _ = Make(path, megabytes);
        // In a process of its own: this one's heap has grown with the work before.
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. HostArguments(), MemoryVerb, path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        long? peak = long.TryParse(said, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (peak is null)
        {
            Say("memory is measured on Linux only");
            return true;
        }

        return Promise($"{megabytes} MB in {peak / 1e6:F0} MB of anonymous memory, {PromisedMegabytesOfMemory:F0} or less", peak <= PromisedMegabytesOfMemory * 1e6);
    }

    // Started as `dotnet FILE.dll`, the process is dotnet.
    private static IEnumerable<string> HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(CaptureBenchmark).Assembly.Location] : [];

    private static TrafficFile Make(string path, int megabytes)
    {
        var traffic = new TrafficFile();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        traffic.Write(file, megabytes * 1_000_000L);
        return traffic;
    }

    private static void OneCore()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            var allowed = (long)self.ProcessorAffinity;
            self.ProcessorAffinity = (nint)(allowed & -allowed);
        }
    }

    private static bool Promise(string text, bool kept)
    {
        Say($"{(kept ? "kept" : "NOT KEPT")}: {text}");
        return kept;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
