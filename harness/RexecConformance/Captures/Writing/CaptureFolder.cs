using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Running;

namespace RexecConformance.Captures.Writing;

/// <summary>A folder with one capture for each case and target. Each file appears whole or not at all.</summary>
public sealed class CaptureFolder
{
    private readonly string _folder;
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<VariantResult, string> _paths = new(ReferenceEqualityComparer.Instance);

    private CaptureFolder(string folder) => _folder = folder;

    /// <summary>Files written so far.</summary>
    public int Count => _names.Count;

    /// <summary>Opens a folder, and makes it if it is not there.</summary>
    /// <exception cref="ReportException">It can't be written to.</exception>
    public static CaptureFolder Open(string path)
    {
        try
        {
            if (path.Length == 0 || File.Exists(path))
            {
                throw new IOException($"{(path.Length == 0 ? "its name is empty" : "it is a file")}, expected a folder, which is made if it is not there");
            }

            string folder = Directory.CreateDirectory(path).FullName;
            string probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new CaptureFolder(folder);
        }
        catch (Exception e) when (WriteFailure.Is(e))
        {
            throw new ReportException(PlainText.OneLine(
                $"the folder for captures '{path}' can't be written to: {WriteFailure.Why(e)}"));
        }
    }

    /// <summary>The full path of a case's file; null if it has none.</summary>
    public string? PathOf(VariantResult result) => _paths.GetValueOrDefault(result);

    /// <summary>Writes a case with all of its sessions. What was not driven over a network (a baseline, an unsupported case) has no packets.</summary>
    /// <returns>False if there was nothing to write.</returns>
    /// <exception cref="ReportException">It can't be written.</exception>
    public bool Write(VariantResult result)
    {
        if (result.Exchanges.Count == 0 || !result.Exchanges.All(exchange => TranscriptCapture.CanWrite(exchange.Transcript)))
        {
            return false;
        }

        using var bytes = new MemoryStream();
        TranscriptCapture.Write(bytes, About(result), [.. result.Exchanges.Select((exchange, index) => Packets(result, exchange, index))]);
        string name = FreeName(result);
        string final = Path.Combine(_folder, name);
        string temporary = Path.Combine(_folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(temporary, bytes.ToArray());
            File.Move(temporary, final, overwrite: true);
            _paths[result] = final;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Drop(temporary);
            throw new ReportException(PlainText.OneLine(
                $"the capture '{final}' can't be written: {WriteFailure.Why(e)}"));
        }
    }

    private static string About(VariantResult result) =>
        $"{result.Variant.Name} on {result.Target}: {Words.Of(result.Verdict)}\nPackets hold user name, password and command as they were sent.";

    private static CapturedExchange Packets(VariantResult result, JudgedExchange exchange, int index)
    {
        string[] lines =
        [
            $"scenario: {result.Variant.Scenario.Id}",
            $"variant: {result.Variant.Fragmentation.Name}",
            $"title: {result.Variant.Scenario.Title}",
            $"target: {result.Target}",
            $"dialect: {result.Dialect}",
            $"verdict: {Words.Of(result.Verdict)}",
            .. result.Reason.Length > 0 ? [$"reason: {result.Reason}"] : Array.Empty<string>(),
            .. result.Exchanges.Count > 1 ? [$"session: {index + 1} of {result.Exchanges.Count}"] : Array.Empty<string>(),
        ];
        return new CapturedExchange(exchange.Transcript, [string.Join('\n', lines)], Judge.Compare(exchange.Expected, exchange.Transcript));
    }

    /// <summary>A target that was named twice drives each case twice.</summary>
    private string FreeName(VariantResult result)
    {
        string name = CaptureFileName.Of(result.Target, result.Dialect, result.Variant.Scenario.Id, result.Variant.Fragmentation.Name);
        string free = name;
        for (int again = 2; !_names.Add(free); again++)
        {
            free = $"{Path.GetFileNameWithoutExtension(name)}_{again}{Path.GetExtension(name)}";
        }

        return free;
    }

    private static void Drop(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done about a temporary file.
        }
    }
}
