using System.Diagnostics;

namespace RexecConformance.Tests.Captures.Writing;

/// <summary>What tshark thinks of a file that was written here.</summary>
internal static class Tshark
{
    private const int Note = 0x400000;
    private const int Warning = 0x600000;
    private const int ChecksumGroup = 0x1000000;
    private const int SequenceGroup = 0x2000000;

    /// <summary>
    /// Reads a file with all checks on. Fails for anything on standard error, a wrong checksum, any result of the sequence analysis,
    /// and any remark from note upward but those that tshark makes of every FIN (note) and every RST (warning).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="anyPorts">The ports are chance, and may be those of a protocol that the data is not: only what is said of checksums and sequence counts then.</param>
    /// <returns>How many packets it read.</returns>
    public static int Check(string path, bool anyPorts = false)
    {
        string[] lines = Run(
            $"-r \"{path}\" -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE -o tcp.analyze_sequence_numbers:TRUE -T fields -E separator=/t "
            + "-e frame.number -e tcp.flags.fin -e tcp.flags.reset -e tcp.checksum.status -e ip.checksum.status -e tcp.analysis.flags -e _ws.expert.severity -e _ws.expert.group -e _ws.expert.message");
        foreach (string line in lines)
        {
            string[] fields = line.Split('\t');
            Assert.True(fields.Length == 9, $"{path}: no TCP packet: {line}");
            Assert.True(fields[3] == "1" && fields[4] is "1" or "", $"{path}, frame {fields[0]}: a checksum is wrong");
            Assert.True(fields[5].Length == 0, $"{path}, frame {fields[0]}: {fields[8]}");
            int most = fields[2] == "1" ? Warning : fields[1] == "1" ? Note : Note - 1;
            int severity = Numbers(fields[6]).Zip(Numbers(fields[7]))
                .Where(one => !anyPorts || one.Second is ChecksumGroup or SequenceGroup)
                .Select(one => one.First).DefaultIfEmpty().Max();
            Assert.True(severity <= most, $"{path}, frame {fields[0]}: expert information of severity {severity:x}");
        }

        return lines.Length;
    }

    private static IEnumerable<int> Numbers(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    /// <summary>Its lines on standard output.</summary>
    public static string[] Run(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string said = string.Join('\n', errors.Result.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("Running as user", StringComparison.Ordinal)));
            Assert.True(said.Length == 0 && process.ExitCode == 0, $"tshark {arguments}: exit {process.ExitCode}: {said}");
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "needs tshark");
            throw;
        }
    }
}
