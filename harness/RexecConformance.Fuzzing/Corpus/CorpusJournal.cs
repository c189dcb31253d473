using System.Text;
using CaseText = RexecConformance.Fuzzing.Cases.CaseText;

namespace RexecConformance.Fuzzing.Corpus;

/// <summary>The cases that gave a new outcome, one a line, only ever added to. A line that a kill cut short is dropped.</summary>
public sealed class CorpusJournal : IDisposable
{
    /// <summary>Most bytes of the file: beyond, outcomes are still counted, but no case is kept.</summary>
    public const long MaxBytes = 64L * 1024 * 1024;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Lock _lock = new();

    private CorpusJournal(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Opens the file, makes it if it is not there, and takes away a last line without an end.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static CorpusJournal Open(string path)
    {
        // Without a buffer: on a full disk what is left in one would be written, and fail, once more at the end.
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        file.SetLength(WholeLines(file));
        _ = file.Seek(0, SeekOrigin.End);
        return new CorpusJournal(path, file);
    }

    /// <summary>Adds a case; once this returns, a kill does not lose it.</summary>
    /// <exception cref="CorpusException">It can't be written.</exception>
    public void Add(FuzzCase fuzzCase)
    {
        byte[] line = Encoding.UTF8.GetBytes(CaseText.Write(fuzzCase) + "\n");
        lock (_lock)
        {
            if (_file.Length + line.Length <= MaxBytes)
            {
                Write(line);
            }
        }
    }

    /// <summary>The cases that were there when it is called, in order; a line that holds none is told to <paramref name="warn"/> and left out.</summary>
    public IEnumerable<FuzzCase> Read(Action<string> warn)
    {
        using var reader = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            FuzzCase? one = null;
            try
            {
                one = CaseText.Read(line);
            }
            catch (FormatException e)
            {
                warn($"{_path}:{number}: left out: {Reports.PlainText.OneLine(e.Message)}");
            }

            if (one is not null)
            {
                yield return one;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(byte[] line)
    {
        try
        {
            _file.Write(line);
        }
        catch (IOException e)
        {
            throw new CorpusException($"{_path}: can't be written: {Reports.WriteFailure.Why(e)}", e);
        }
    }

    private static long WholeLines(FileStream file)
    {
        Span<byte> buffer = stackalloc byte[4096];
        for (long end = file.Length; end > 0;)
        {
            int length = (int)Math.Min(buffer.Length, end);
            _ = file.Seek(end - length, SeekOrigin.Begin);
            file.ReadExactly(buffer[..length]);
            int at = buffer[..length].LastIndexOf((byte)'\n');
            if (at >= 0)
            {
                return end - length + at + 1;
            }

            end -= length;
        }

        return 0;
    }
}
