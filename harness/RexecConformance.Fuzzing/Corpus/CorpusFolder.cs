using System.Text.Json;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Reports;

namespace RexecConformance.Fuzzing.Corpus;

/// <summary>
/// The folder that a run remembers in: <c>journal.jsonl</c> (a line for each case that gave a new outcome), <c>state.json</c>
/// (where it stands), <c>finds/KIND.json</c>. One run at a time: it holds <c>lock</c>.
/// </summary>
public sealed class CorpusFolder : IDisposable
{
    private readonly FileStream _lock;

    private CorpusFolder(string path, FileStream held, CorpusJournal journal)
    {
        Path = path;
        _lock = held;
        Journal = journal;
    }

    /// <summary>The folder as it was named.</summary>
    public string Path { get; }

    /// <summary>The cases that gave a new outcome.</summary>
    public CorpusJournal Journal { get; }

    /// <summary>The folder of the finds.</summary>
    public string Finds => System.IO.Path.Combine(Path, "finds");

    private string StateFile => System.IO.Path.Combine(Path, "state.json");

    /// <summary>Opens a folder for one run, and makes it if it is not there.</summary>
    /// <exception cref="CorpusException">It can't be used: another run has it, or it can't be written to.</exception>
    public static CorpusFolder Open(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                throw new IOException("it is a file, expected a folder, which is made if it is not there");
            }

            _ = Directory.CreateDirectory(System.IO.Path.Combine(path, "finds"));
            FileStream held = Hold(path);
            try
            {
                RemoveHalves(path);
                return new CorpusFolder(path, held, CorpusJournal.Open(System.IO.Path.Combine(path, "journal.jsonl")));
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception e) when (WriteFailure.Is(e))
        {
            throw new CorpusException(PlainText.OneLine($"the corpus folder '{path}' can't be used: {WriteFailure.Why(e)}"), e);
        }
    }

    /// <summary>Where an earlier run stood; null if there was none.</summary>
    /// <exception cref="CorpusException">It can't be read.</exception>
    public CorpusState? ReadState()
    {
        try
        {
            return File.Exists(StateFile) ? CorpusState.Read(File.ReadAllBytes(StateFile)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CorpusException(PlainText.OneLine($"{StateFile}: is no state of a fuzz run ({e.Message}): remove it to begin anew"), e);
        }
    }

    /// <summary>Writes where the run stands; the file is always whole.</summary>
    /// <exception cref="CorpusException">It can't be written.</exception>
    public void WriteState(CorpusState state)
    {
        try
        {
            File.WriteAllBytes(StateFile + ".tmp", state.Write());
            File.Move(StateFile + ".tmp", StateFile, overwrite: true);
        }
        catch (Exception e) when (WriteFailure.Is(e))
        {
            throw new CorpusException(PlainText.OneLine($"{StateFile}: can't be written: {WriteFailure.Why(e)}"), e);
        }
    }

    /// <summary>The finds of earlier runs; files that hold none are told to <paramref name="warn"/> and left alone.</summary>
    public IReadOnlyList<FuzzFind> ReadFinds(Action<string> warn)
    {
        var finds = new List<FuzzFind>();
        foreach (string file in Directory.EnumerateFiles(Finds, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                finds.Add(FindFile.Read(file));
            }
            catch (FormatException e)
            {
                warn(e.Message);
            }
        }

        return finds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Journal.Dispose();
        _lock.Dispose();
    }

    // What a kill left of files that were not yet whole; nobody else writes here.
    private static void RemoveHalves(string path)
    {
        foreach (string file in Directory.EnumerateFiles(System.IO.Path.Combine(path, "finds"), ".*.json.*.tmp").Append(System.IO.Path.Combine(path, "state.json.tmp")))
        {
            File.Delete(file);
        }
    }

    private static FileStream Hold(string path)
    {
        string file = System.IO.Path.Combine(path, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new CorpusException(PlainText.OneLine($"the corpus folder '{path}' is in use by another run: name another with --corpus"), e);
        }
    }
}
