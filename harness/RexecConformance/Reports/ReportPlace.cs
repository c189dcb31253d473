namespace RexecConformance.Reports;

/// <summary>What stands where a report is to go, and how it is opened.</summary>
internal static class ReportPlace
{
    /// <summary>The file itself where the path is a symbolic link, which is to stay one.</summary>
    public static string Resolve(string path)
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
    public static bool IsDevice(string full) =>
        !OperatingSystem.IsWindows() && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));

    /// <summary>
    /// Who may read what is replaced may read what replaces it, and nobody else: a result may show passwords.
    /// </summary>
    public static FileStream NewFile(string temporary, string full)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows() || !File.Exists(full))
        {
            return new FileStream(temporary, options);
        }

        UnixFileMode mode = File.GetUnixFileMode(full);
        options.UnixCreateMode = mode;
        var stream = new FileStream(temporary, options);

        // The process's mask may have taken something away.
        File.SetUnixFileMode(stream.SafeFileHandle, mode);
        return stream;
    }

    /// <summary>
    /// Opens a named pipe, which must be written itself: a rename would replace it, and its reader would wait for ever. Null where the
    /// path is anything else. It is opened for both, which never waits, and stays so until something is written: a reader that is there
    /// already waits for that. A pipe can't be told from a file by its attributes.
    /// </summary>
    public static FileStream? OpenPipe(string full)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(full))
        {
            return null;
        }

        try
        {
            var both = new FileStream(full, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!both.CanSeek)
            {
                return both;
            }

            both.Dispose();
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            // Of a file that may not be read, the folder decides whether it can be replaced.
            return null;
        }
    }

    /// <summary>The same pipe, to be written only: that fails where its reader has gone, and does not wait for another.</summary>
    public static FileStream WriteOnly(FileStream both)
    {
        using (both)
        {
            return new FileStream(both.Name, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        }
    }
}
