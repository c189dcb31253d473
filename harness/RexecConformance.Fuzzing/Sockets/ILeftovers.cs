namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Counts what a server and its children hold, so that what is left after a session can be told.</summary>
public interface ILeftovers
{
    /// <summary>What is held now, by kind (<c>processes</c>, <c>descriptors</c>, <c>connections</c>, <c>files</c>); a kind that can't be counted is absent.</summary>
    ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel);

    /// <summary>So many more of a kind are no matter: a runtime opens some for itself.</summary>
    int Spare(string kind) => 0;

    /// <summary>How long what is harmless may take to go after its client has: a sleep in the background, and some.</summary>
    TimeSpan GoneWithin(string kind) => TimeSpan.FromSeconds(8);
}
