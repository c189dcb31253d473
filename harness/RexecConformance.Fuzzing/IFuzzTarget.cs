using RexecConformance.Accounts;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing;

/// <summary>A server that takes cases.</summary>
public interface IFuzzTarget : IAsyncDisposable
{
    /// <summary>The target as the person wrote it.</summary>
    string Name { get; }

    /// <summary>The dialect that it claims to be.</summary>
    string Dialect { get; }

    /// <summary>The accounts that it has.</summary>
    AccountFile Accounts { get; }

    /// <summary>The shell that runs its commands.</summary>
    Shell Shell { get; }

    /// <summary>True if commands reach a real shell: then only harmless ones are sent.</summary>
    bool RealShell { get; }

    /// <summary>True if the server runs in this process without sockets: everything that it does is the same each time.</summary>
    bool InMemory { get; }

    /// <summary>Cases that may be asked at once, at least 1.</summary>
    int AtOnce { get; }

    /// <summary>Drives a case; may be called by several workers at once. What the server does wrong is part of the outcome, never an exception.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<FuzzOutcome> AskAsync(FuzzCase fuzzCase, CancellationToken cancel);

    /// <summary>Looks for what should not be there while no case is under way: a server that is gone or serves nobody, processes or descriptors left. Null, or one line.</summary>
    ValueTask<string?> HealthAsync(CancellationToken cancel);
}
