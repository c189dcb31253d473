using RexecConformance.Accounts;

namespace RexecConformance.Captures.Importing;

/// <summary>How conversations become scenarios.</summary>
public sealed record ImportOptions
{
    /// <summary>What ids begin with; lower case letters, digits, hyphens. Null takes the capture file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Only these conversations, from 1; none is all.</summary>
    public IReadOnlyList<int> Conversations { get; init; } = [];

    /// <summary>The key of the test account that takes the place of captured credentials; null keeps those captured.</summary>
    public string? Account { get; init; }

    /// <summary>Puts test text of the same length in the place of secrets.</summary>
    public bool Redact { get; init; }

    /// <summary>The accounts that every target has.</summary>
    public AccountFile Accounts { get; init; } = AccountFile.Default;

    /// <summary>The longest pause that is kept.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>What is known of the file that conversations come from.</summary>
/// <param name="FileName">Its name, without folders.</param>
/// <param name="Sha256">Its checksum in lower case hexadecimal.</param>
/// <param name="Manifest">Its <c>capture.yaml</c>, or null.</param>
public sealed record CaptureOrigin(string FileName, string Sha256, CaptureManifest? Manifest);
