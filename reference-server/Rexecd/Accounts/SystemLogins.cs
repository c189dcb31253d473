using System.Runtime.Versioning;
using System.Security.Cryptography;
using Posix;

namespace Rexecd;

/// <summary>Logins of the system's users, validated as at login: through PAM.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SystemLogins(RexecServerOptions options) : ILogins
{
    /// <summary>PAM's name of the service (a file in /etc/pam.d), as in Solaris and Debian.</summary>
    private const string Service = "rexec";

    // More than cores, since modules wait for networks too.
    private const int Threads = 16;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Dialect _dialect = options.Dialect;
    private readonly WorkThreads _threads = new("pam", Threads);

    public async ValueTask<Login> CheckAsync(LoginRequest request, CancellationToken cancel)
    {
        // The session may end while PAM is at it, and take its buffers with it.
        byte[] password = request.Password.ToArray();
        LoginRequest own = request with { Username = NameOf(request.Username.Span), Password = password };
        Task<Attempt> trying = _threads.RunAsync(() => Try(own, password));
        Attempt attempt;
        try
        {
            attempt = await trying.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = AbandonAsync(trying);
            throw;
        }

        try
        {
            // PAM would have slept so long, and would have kept the thread.
            await Task.Delay(attempt.Pam?.Delay ?? TimeSpan.Zero, options.Time, cancel).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
        }
        catch
        {
            await EndAsync(attempt.Pam).ConfigureAwait(false);
            throw;
        }

        if (attempt.Refusal is not null)
        {
            await EndAsync(attempt.Pam).ConfigureAwait(false);
            return new Login(attempt.Account, attempt.Refusal);
        }

        return new OpenLogin(attempt.Account!, () => CloseAsync(attempt.Pam, cancel));
    }

    /// <summary>The name to ask for: in lower case, if the dialect does not tell them apart and nobody has it as it came.</summary>
    private byte[] NameOf(ReadOnlySpan<byte> name) =>
        _dialect.NameCase == NameCase.Ignored && UserDatabase.Find(name) is null ? ByteText.LowerCase(name) : name.ToArray();

    private async Task AbandonAsync(Task<Attempt> trying) => await EndAsync((await trying.ConfigureAwait(false)).Pam).ConfigureAwait(false);

    private Attempt Try(LoginRequest request, byte[] password)
    {
        // Where one text stands for both, PAM is asked about unknown users too, so that time tells nothing either.
        bool tellsApart = _dialect.UnknownUser != _dialect.BadPassword;
        if (tellsApart && UserDatabase.Find(request.Username.Span) is null)
        {
            return new Attempt(null, null, new Refusal(_dialect.UnknownUser, false, "unknown user"));
        }

        PamLogin? pam = null;
        try
        {
            pam = new PamLogin(
                Service, request.Username.Span, request.Password.Span, request.Client.Address.ToString(), _dialect.EmptyPassword == Admission.Allowed);
            return Check(pam);
        }
        catch (InvalidOperationException e)
        {
            return new Attempt(null, null, new Refusal(_dialect.BadPassword, false, e.Message));
        }
        catch
        {
            pam?.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private Attempt Check(PamLogin pam)
    {
        PamResult result = pam.Authenticate();
        if (!result.Succeeded)
        {
            string? text = result.Code == PamCode.UserUnknown ? _dialect.UnknownUser : _dialect.BadPassword;

            // For the log, which names only users that there are; and where a wrong password is only answered, the command has an account all the same.
            Account? known = UserDatabase.Find(pam.User) is { } found ? Account.Of(found) : null;
            return new Attempt(pam, known, new Refusal(text, false, result.Text) { WrongPassword = known is not null });
        }

        if (UserDatabase.Find(pam.User) is not { } user)
        {
            return new Attempt(pam, null, new Refusal(_dialect.UnknownUser, false, "PAM accepts a user that the system does not know"));
        }

        Account account = Account.Of(user);
        if (options.Commands == CommandMode.Login && (user.User == uint.MaxValue || user.Group == uint.MaxValue))
        {
            return new Attempt(pam, account, new Refusal(_dialect.AccountExpiredRefused, false, "an id of 4294967295 can't be taken"));
        }

        if (account.Uid == 0 && (options.RefuseRoot || _dialect.Root == Admission.Refused))
        {
            return new Attempt(pam, account, new Refusal(_dialect.RootRefused, true, "root"));
        }

        return new Attempt(pam, account, CheckAccount(pam.CheckAccount()) ?? OpenSession(pam));
    }

    /// <summary>A dialect that does not look at expiry lets expired accounts in; other refusals hold in all of them.</summary>
    private Refusal? CheckAccount(PamResult result) => result.Code switch
    {
        PamCode.Success => null,
        PamCode.AccountExpired => _dialect.AccountExpired == Admission.Allowed ? null : new Refusal(_dialect.AccountExpiredRefused, false, result.Text),
        PamCode.NewPasswordRequired or PamCode.PasswordExpired =>
            _dialect.PasswordExpired == Admission.Allowed ? null : new Refusal(_dialect.PasswordExpiredRefused, false, result.Text),
        PamCode.UserUnknown => new Refusal(_dialect.UnknownUser, false, result.Text),
        _ => new Refusal(_dialect.AccountExpiredRefused, false, result.Text),
    };

    private Refusal? OpenSession(PamLogin pam) => pam.OpenSession() is { Succeeded: false } result
        ? new Refusal(_dialect.AccountExpiredRefused, false, "no session: " + result.Text)
        : null;

    /// <summary>A module may hang in the closing of a session: a server that stops does not wait for it.</summary>
    private async Task CloseAsync(PamLogin? pam, CancellationToken cancel)
    {
        Task closing = EndAsync(pam);
        try
        {
            await closing.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = await Task.WhenAny(closing, Task.Delay(Farewell, options.Time, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(PamLogin? pam)
    {
        if (pam is not null)
        {
            _ = await _threads.RunAsync(() =>
            {
                pam.Dispose();
                return true;
            }).ConfigureAwait(false);
        }
    }

    private sealed record Attempt(PamLogin? Pam, Account? Account, Refusal? Refusal);

    private sealed class OpenLogin(Account account, Func<Task> end) : Login(account, null)
    {
        public override async ValueTask DisposeAsync() => await end().ConfigureAwait(false);
    }
}
