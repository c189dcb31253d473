namespace Posix;

/// <summary>A program to start with exactly these descriptors, arguments and environment.</summary>
/// <param name="Path">Absolute path of the program; no search along PATH.</param>
/// <param name="Arguments">All of argv, argv[0] included. Bytes, since a rexec command is bytes and not text; no NUL inside.</param>
/// <param name="Environment">Lines NAME=value; nothing is inherited.</param>
/// <param name="StandardInput">Descriptor that becomes 0 in the child.</param>
/// <param name="StandardOutput">Descriptor that becomes 1 in the child.</param>
/// <param name="StandardError">Descriptor that becomes 2 in the child.</param>
public sealed record SpawnRequest(
    string Path,
    IReadOnlyList<byte[]> Arguments,
    IReadOnlyList<byte[]> Environment,
    int StandardInput,
    int StandardOutput,
    int StandardError)
{
    /// <summary>Directory to start in, or null for the caller's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether it is entered with the rights of <see cref="User"/>, else with those of the caller.</summary>
    public bool DirectoryAsUser { get; init; }

    /// <summary>Whom the child runs as, or null for the caller. The caller itself stays who it is.</summary>
    public UserIds? User { get; init; }

    /// <summary>File mode creation mask, or null for the caller's own.</summary>
    public int? FileModeMask { get; init; }

    /// <summary>The child leads a process group of its own, so that one signal reaches all of a command.</summary>
    public bool NewProcessGroup { get; init; }

    /// <summary>The child leads a session of its own (and so a process group): no terminal of ours can be read or can interrupt it.</summary>
    public bool NewSession { get; init; }
}
