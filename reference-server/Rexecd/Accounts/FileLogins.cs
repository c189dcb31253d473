using Posix;

namespace Rexecd;

/// <summary>Logins by an accounts file.</summary>
internal sealed class FileLogins(RexecServerOptions options) : ILogins
{
    // Crypt takes a core for itself.
    private static readonly WorkThreads Threads = new("crypt", Math.Max(2, Environment.ProcessorCount));

    private readonly Dialect _dialect = options.Dialect;
    private readonly string[] _hashes = [.. options.Accounts.All.Select(account => account.Password.Hash).OfType<string>()];

    public async ValueTask<Login> CheckAsync(LoginRequest request, CancellationToken cancel)
    {
        Account? account = options.Accounts.Find(request.Username.Span, _dialect.NameCase);
        bool right = await MatchesAsync(account, request).WaitAsync(cancel).ConfigureAwait(false);
        Refusal? refusal = account is null
            ? new Refusal(_dialect.UnknownUser, true, "unknown user") { UnknownUser = true }
            : Check(account, right);
        return new Login(account, refusal);
    }

    /// <summary>
    /// Whether the password is right. As soon as one account has a crypt hash every answer costs one crypt, that about an
    /// unknown user too, unless the dialect tells unknown users by its text: then its daemon did not ask for the hash either.
    /// </summary>
    private Task<bool> MatchesAsync(Account? account, LoginRequest request)
    {
        bool toldApart = account is null && _dialect.UnknownUser != _dialect.BadPassword;
        if (_hashes.Length == 0 || toldApart)
        {
            return Task.FromResult(account is { Password.IsEmpty: false } && account.Password.Matches(request.Password.Span));
        }

        byte[] password = request.Password.ToArray(); // The session may end, and take its buffers with it.
        string decoy = _hashes[StoredPassword.NumberOf(request.Username.Span) % (uint)_hashes.Length];
        bool Matches()
        {
            if (account?.Password.Hash is null)
            {
                _ = Crypt.Hash(password, decoy);
            }

            return account is { Password.IsEmpty: false } && account.Password.Matches(password);
        }

        return options.OneThread ? Task.FromResult(Matches()) : Threads.RunAsync(Matches);
    }

    private Refusal? Check(Account account, bool right)
    {
        // An empty hash: any password is right, unless the dialect wants one.
        if (account.Password.IsEmpty)
        {
            if (_dialect.EmptyPassword == Admission.Refused)
            {
                return new Refusal(_dialect.EmptyPasswordRefused, true, "no password set");
            }
        }
        else if (!right)
        {
            return new Refusal(_dialect.BadPassword, true, "bad password") { WrongPassword = true };
        }

        // User id 0, whatever the name: tested after the password (facts 3.8).
        if (account.Uid == 0 && (options.RefuseRoot || _dialect.Root == Admission.Refused))
        {
            return new Refusal(_dialect.RootRefused, true, "root");
        }

        // Account management comes after authentication and has no delay.
        if (account.AccountExpired && _dialect.AccountExpired == Admission.Refused)
        {
            return new Refusal(_dialect.AccountExpiredRefused, false, "account expired");
        }

        return account.PasswordExpired && _dialect.PasswordExpired == Admission.Refused
            ? new Refusal(_dialect.PasswordExpiredRefused, false, "password expired")
            : null;
    }
}
