using RexecConformance.Accounts;

namespace RexecConformance.Inetd;

/// <summary>What a mount namespace is to hold.</summary>
/// <param name="Owner">The kind of target that it is for, as errors name it: <c>an inetd: target</c>.</param>
/// <param name="Program">Absolute path of the server's program.</param>
/// <param name="Accounts">The accounts that the server is to see.</param>
public sealed record NamespaceContents(string Owner, string Program, AccountFile Accounts)
{
    /// <summary>Folders that stay reachable, read-only, where an empty file system covers them: the program's own, unless told.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [Path.GetDirectoryName(Program)!];

    /// <summary>Files of the target's own below <c>/run</c>, readable by root alone: absolute path and text.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of a PAM service that is to be there, in place of the host's own (<see cref="PamService"/>), or null.</summary>
    public string? Service { get; init; }
}
