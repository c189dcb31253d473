using RexecConformance.Accounts;

namespace RexecConformance.Reports;

/// <summary>How results are written for people.</summary>
public sealed record SummaryOptions
{
    /// <summary>Whether colour codes are written.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether the ids that are unsupported, unspecified, blocked or xfail are listed by reason (their counts always are).</summary>
    public bool ShowUnspecified { get; init; }

    /// <summary>Whether passwords are written out.</summary>
    public bool ShowPasswords { get; init; }

    /// <summary>The passwords of the targets' accounts, to be hidden wherever they occur.</summary>
    public IReadOnlyCollection<string> Passwords { get; init; } = [.. AccountFile.Default.Accounts.Select(account => account.Password)];
}
