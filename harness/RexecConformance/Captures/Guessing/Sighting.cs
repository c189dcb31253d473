using RexecConformance.Dialects;

namespace RexecConformance.Captures.Guessing;

/// <summary>Something in a conversation that dialects may differ in.</summary>
/// <param name="Property">The property of a dialect's file that it is about, or <c>diagnostics.CAUSE</c>.</param>
/// <param name="Seen">What the capture shows.</param>
/// <param name="Frame">The frame that shows it, by its number in the file.</param>
/// <param name="Judge">What a dialect's file says of it; null where it says nothing.</param>
internal sealed record Sighting(string Property, string Seen, int Frame, Func<Dialect, Claim?> Judge)
{
    /// <summary>A value of a property.</summary>
    public static Sighting Of(string property, string seen, int frame) => new(property, seen, frame, dialect => Claim.Equal(dialect, property, seen));
}
