namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Counts what a server and its children hold, so that what is left after a session can be told.</summary>
public interface ILeftovers
{
    /// <summary>What is held now, by kind (<c>processes</c>, <c>descriptors</c>, <c>connections</c>); a kind that can't be counted is absent.</summary>
    ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel);
}
