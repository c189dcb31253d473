namespace RexecConformance.Reports;

/// <summary>
/// Where a machine's report goes: a file that appears whole or not at all, or standard output (<c>-</c>). A path that
/// can't be written is found when it is opened, before anything runs.
/// </summary>
public sealed class ReportFile : IDisposable
{
    private readonly string _named;
    private readonly string? _final;
    private readonly string? _temporary;
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private bool _open = true;

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
            string full = Resolve(path);
            if (IsDevice(full))
            {
                return new ReportFile(path, null, null, new FileStream(full, FileMode.Open, FileAccess.Write));
            }

            string temporary = Path.Combine(
                Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid().ToString("N")[..8]}.tmp");
            return new ReportFile(path, full, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write));
        }
        catch (Exception e) when (WriteFailure.Is(e))
        {
            throw Failure(path, e);
        }
    }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="ReportException">They can't be written (a full disk, a reader that left).</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
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

    /// <summary>The file itself where the path is a symbolic link, which is to stay one.</summary>
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        if (path.Length == 0 || Path.EndsInDirectorySeparator(path) || Directory.Exists(full))
        {
            throw new IOException("it is a folder, expected a file");
        }

        var file = new FileInfo(full);
        full = !IsDevice(full) && file.LinkTarget is not null ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full : full;
        if (!IsDevice(full) && !Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new IOException("its folder does not exist");
        }

        return File.Exists(full) && !IsDevice(full) && File.GetAttributes(full).HasFlag(FileAttributes.ReadOnly)
            ? throw new IOException("it is read-only")
            : full;
    }

    /// <summary>A device or a pipe of a shell must be written itself; a rename would replace it.</summary>
    private static bool IsDevice(string full) =>
        !OperatingSystem.IsWindows() && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));

    private static ReportException Failure(string named, Exception e) =>
        new(PlainText.OneLine($"the report '{named}' can't be written: {WriteFailure.Why(e)}"));
}
