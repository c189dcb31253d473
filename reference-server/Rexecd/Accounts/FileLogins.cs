using System.Text;

namespace Rexecd;

/// <summary>Logins by an accounts file.</summary>
internal sealed class FileLogins(RexecServerOptions options) : ILogins
{
    private readonly Dialect _dialect = options.Dialect;

    public ValueTask<Login> CheckAsync(LoginRequest request, CancellationToken cancel)
    {
        Account? account = options.Accounts.Find(request.Username.Span);
        Refusal? refusal = account is null ? new Refusal(_dialect.UnknownUser, true, "unknown user") { UnknownUser = true } : Check(account, request.Password.Span);
        return ValueTask.FromResult(new Login(account, refusal));
    }

    private Refusal? Check(Account account, ReadOnlySpan<byte> password)
    {
        // An empty hash: any password is right, unless the dialect wants one.
        if (account.Password.Length == 0)
        {
            if (_dialect.EmptyPassword == Admission.Refused)
            {
                return new Refusal(_dialect.EmptyPasswordRefused, true, "no password set");
            }
        }
        else if (!password.SequenceEqual(Encoding.UTF8.GetBytes(account.Password)))
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
