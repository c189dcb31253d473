namespace RexecConformance.Reports;

/// <summary>
/// Where a machine's report goes: a file that appears whole or not at all, standard output (<c>-</c>), or a pipe or device.
/// A path that can't be written is found when it is opened, before anything runs.
/// </summary>
public sealed class ReportFile : IDisposable
{
    private readonly string _named;
    private readonly string? _final;
    private readonly string? _temporary;
    private Stream _stream;
    private readonly bool _leaveOpen;
    private bool _open = true;

    // A pipe that nothing was written to yet.
    private bool _waits;

    private ReportFile(string named, string? final, string? temporary, Stream stream, bool leaveOpen = false)
    {
        _leaveOpen = leaveOpen;
        _named = named;
        _final = final;
        _temporary = temporary;
        _stream = stream;
    }

    /// <summary>Opens a report.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output. What stands there stays until the report is complete.</param>
    /// <param name="standardOutput">What <c>-</c> means; null is the process's own. It is not closed.</param>
    /// <exception cref="ReportException">It can't be written.</exception>
    public static ReportFile Open(string path, Stream? standardOutput = null)
    {
        if (path == "-")
        {
            return new ReportFile("standard output", null, null, standardOutput ?? Console.OpenStandardOutput(), leaveOpen: standardOutput is not null);
        }

        try
        {
            string full = ReportPlace.Resolve(path);
            if (ReportPlace.IsDevice(full))
            {
                return new ReportFile(path, null, null, new FileStream(full, FileMode.Open, FileAccess.Write)) { Place = full };
            }

            if (ReportPlace.OpenPipe(full) is { } pipe)
            {
                return new ReportFile(path, null, null, pipe) { Place = full, _waits = true };
            }

            string temporary = Path.Combine(
                Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid().ToString("N")[..8]}.tmp");
            return new ReportFile(path, full, temporary, ReportPlace.NewFile(temporary, full)) { Place = full };
        }
        catch (Exception e) when (WriteFailure.Is(e))
        {
            throw Failure(path, e);
        }
    }

    /// <summary>The full path of the file itself, links followed; two reports of one place would overwrite each other. Null for standard output.</summary>
    public string? Place { get; private init; }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="ReportException">They can't be written (a full disk, a reader that left).</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_waits)
            {
                _stream = ReportPlace.WriteOnly((FileStream)_stream);
                _waits = false;
            }

            _stream.Write(bytes);
        }
        catch (IOException e)
        {
            throw Failure(_named, e);
        }
    }

    /// <summary>Writes to it; a failure is a <see cref="ReportException"/> here too.</summary>
    public Stream Stream => new ReportStream(this);

    /// <summary>Ends the report and puts it in its place.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public void Complete()
    {
        if (!_open)
        {
            return;
        }

        try
        {
            _stream.Flush();
            if (_final is not null)
            {
                ((FileStream)_stream).Flush(flushToDisk: true);
                _stream.Dispose();
                File.Move(_temporary!, _final, overwrite: true);
            }

            _open = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(_named, e);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Drops a report that is not complete.</summary>
    public void Dispose()
    {
        try
        {
            if (!_leaveOpen)
            {
                _stream.Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What its buffer still held: a disk that is full was told of where it was written to.
        }

        try
        {
            if (_open && _temporary is not null)
            {
                File.Delete(_temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done about a temporary file.
        }

        _open = false;
    }

    private static ReportException Failure(string named, Exception e) =>
        new(PlainText.OneLine($"the report '{named}' can't be written: {WriteFailure.Why(e)}"));
}
