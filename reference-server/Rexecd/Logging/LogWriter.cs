using System.Text;
using Posix;

namespace Rexecd;

/// <summary>Writes one event a line to a file, which is appended to, or to standard error.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LogFormat _format;
    private readonly string? _path;
    private readonly TextWriter _otherwise;
    private FileStream? _file;

    private LogWriter(LogFormat format, string? path, TextWriter otherwise)
    {
        (_format, _path, _otherwise) = (format, path, otherwise);
        _file = path is null ? null : Append(path);
    }

    /// <summary>A log in the file of this path, or on a writer if it is null.</summary>
    /// <exception cref="FileFormatException">The file can't be written.</exception>
    public static LogWriter Open(LogFormat format, string? path, TextWriter otherwise) => new(format, path, otherwise);

    /// <summary>Writes one line in one write(2): a super-server starts a process for each client, and all write to one file.</summary>
    public void Write(LogEvent entry)
    {
        string line = _format == LogFormat.Json ? LogJson.Line(entry) : $"{LogText.Time(entry)} {LogText.Line(entry)}";
        lock (_lock)
        {
            if (_path is null)
            {
                _otherwise.Write(line + "\n");
                _otherwise.Flush();
            }
            else
            {
                _file?.Write(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }
    }

    /// <summary>Opens the file again, after someone has renamed it. If that fails the old one is written on, with a line that says so.</summary>
    public void Reopen()
    {
        if (_path is null)
        {
            return;
        }

        try
        {
            FileStream fresh = Append(_path);
            lock (_lock)
            {
                _file?.Dispose();
                _file = fresh;
            }
        }
        catch (FileFormatException e)
        {
            new ServerLog(Write).Error(e.Message);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private static FileStream Append(string path)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? AppendFile.Open(path)
                : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FileFormatException($"--log: {path}: {e.Message}");
        }
    }
}
