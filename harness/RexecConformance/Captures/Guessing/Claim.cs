using RexecConformance.Dialects;

namespace RexecConformance.Captures.Guessing;

/// <summary>How what was seen stands to what a dialect's file states.</summary>
public enum Agreement
{
    /// <summary>The file states the opposite.</summary>
    Contradicts,

    /// <summary>The file allows it beside much else, such as "any diagnostic".</summary>
    Allows,

    /// <summary>The file states just that.</summary>
    Agrees,
}

/// <summary>What one dialect's file says of something that was seen.</summary>
/// <param name="Agreement">Whether it agrees.</param>
/// <param name="Stated">What the file states, in short.</param>
/// <param name="Basis">The file's own evidence for it.</param>
internal sealed record Claim(Agreement Agreement, string Stated, Basis Basis)
{
    /// <summary>Agrees or contradicts.</summary>
    public static Claim Of(bool agrees, string stated, Basis basis) => new(agrees ? Agreement.Agrees : Agreement.Contradicts, stated, basis);

    /// <summary>What the dialect's property says of a value that was seen; null where it has none.</summary>
    public static Claim? Equal(Dialect dialect, string property, string seen) =>
        dialect.Properties.TryGetValue(property, out var stated) ? Of(stated.Value == seen, stated.Value, stated.Basis) : null;
}
