using System.Net;

namespace Rexecd;

/// <summary>What step 6 has to go by.</summary>
/// <param name="Username">As it came over the wire.</param>
/// <param name="Password">As it came over the wire; never logged.</param>
/// <param name="Client">The peer of the primary connection.</param>
internal sealed record LoginRequest(ReadOnlyMemory<byte> Username, ReadOnlyMemory<byte> Password, IPEndPoint Client);

/// <summary>A login that was refused.</summary>
/// <param name="Text">The diagnostic's text, or null for silence.</param>
/// <param name="Delayed">Answered only after the dialect's refusal delay.</param>
/// <param name="Reason">For the log.</param>
internal sealed record Refusal(string? Text, bool Delayed, string Reason)
{
    /// <summary>All else was right: what <see cref="LoginCheck.Answered"/> lets in.</summary>
    public bool WrongPassword { get; init; }

    /// <summary>There is no such user: another delay.</summary>
    public bool UnknownUser { get; init; }
}

/// <summary>Step 6, first half: is this user who he says he is, and may he log in?</summary>
internal interface ILogins
{
    /// <summary>Checks one login.</summary>
    ValueTask<Login> CheckAsync(LoginRequest request, CancellationToken cancel);
}

/// <summary>The outcome of a check: an account that is logged in until this is disposed, or a refusal.</summary>
internal class Login(Account? account, Refusal? refusal) : IAsyncDisposable
{
    /// <summary>Who logged in; for some refusals the account that was not let in, else null.</summary>
    public Account? Account { get; } = account;

    /// <summary>Why not, or null.</summary>
    public Refusal? Refusal { get; } = refusal;

    /// <summary>Ends the login, after its command has ended.</summary>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
