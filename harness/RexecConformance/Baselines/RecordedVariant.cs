namespace RexecConformance.Baselines;

/// <summary>One exchange as it is kept.</summary>
/// <param name="Primary">The primary connection.</param>
/// <param name="Aux">The auxiliary connection.</param>
public sealed record RecordedExchange(RecordedStream Primary, RecordedStream Aux)
{
    /// <summary>Steps that waited for something that did not come.</summary>
    public IReadOnlyList<string> UnmetAwaits { get; init; } = [];

    /// <summary>Why there was no connection, or null.</summary>
    public string? ConnectError { get; init; }

    /// <inheritdoc/>
    public bool Equals(RecordedExchange? other) => other is not null
        && Primary.Equals(other.Primary) && Aux.Equals(other.Aux) && ConnectError == other.ConnectError && UnmetAwaits.SequenceEqual(other.UnmetAwaits);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Primary, Aux);
}

/// <summary>One variant of a baseline.</summary>
/// <param name="Name"><c>ID#SEGMENTATION</c>.</param>
/// <param name="Sent">The hash of what was done (<see cref="SentHash"/>).</param>
/// <param name="Exchanges">One for each session.</param>
public sealed record RecordedVariant(string Name, string Sent, IReadOnlyList<RecordedExchange> Exchanges);
