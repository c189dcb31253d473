using System.Security.Cryptography;
using RexecConformance.Captures.Importing;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures;

/// <summary>A capture as a person names it, with what is known of where it comes from.</summary>
public static class CaptureInput
{
    // Conversations are looked at more than once here, so that what was told stays; a stream without end does not.
    private static readonly KeepLimits s_limits = KeepLimits.Everything with { PerDirection = KeepLimits.Default.PerDirection };

    /// <summary>Reads a capture file and the <c>capture.yaml</c> beside it, if that is about this file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="port">As for <see cref="CaptureContents.Read(Stream, int?, KeepLimits?)"/>.</param>
    /// <exception cref="CaptureFormatException">Not a capture.</exception>
    /// <exception cref="InvalidDataException">The manifest is wrong; the message has the place.</exception>
    public static (CaptureContents Contents, CaptureOrigin Origin) Read(string path, int? port)
    {
        CaptureContents contents = CaptureContents.Read(path, port, s_limits);
        using FileStream stream = File.OpenRead(path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "capture.yaml");
        CaptureManifest? manifest = File.Exists(beside) ? CaptureManifest.Load(beside) : null;

        // The manifest of another file beside it says nothing of this one.
        manifest = manifest?.File == Path.GetFileName(path) ? manifest : null;
        return (contents, new CaptureOrigin(Path.GetFileName(path), sha256, manifest));
    }

    /// <summary>Reads a capture that is no file: standard input.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="port">As for a file.</param>
    /// <exception cref="CaptureFormatException">Not a capture.</exception>
    public static (CaptureContents Contents, CaptureOrigin Origin) Read(Stream stream, int? port)
    {
        using var hash = SHA256.Create();
        using var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Read, leaveOpen: true);
        CaptureContents contents = CaptureContents.Read(hashed, port, s_limits);
        hashed.CopyTo(Stream.Null);
        return (contents, new CaptureOrigin("standard-input", Convert.ToHexStringLower(hash.Hash!), null));
    }
}
