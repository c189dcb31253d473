namespace Rexecd;

/// <summary>A login that was refused.</summary>
/// <param name="Text">The diagnostic's text, or null for silence.</param>
/// <param name="Delayed">Answered only after the dialect's refusal delay.</param>
/// <param name="Reason">For the log.</param>
internal sealed record Refusal(string? Text, bool Delayed, string Reason);

/// <summary>Step 6, first half: is this user who he says he is, and may he log in?</summary>
internal static class Login
{
    /// <summary>The refusal, or null and the account.</summary>
    public static Refusal? Check(RexecServerOptions options, RequestParser request, out Account account)
    {
        Dialect dialect = options.Dialect;
        if (options.Accounts.Find(request.Username.Span) is not { } found)
        {
            account = null!;
            return new Refusal(dialect.UnknownUser, true, "unknown user");
        }

        account = found;

        // An empty hash: any password is right, unless the dialect wants one.
        if (account.Password.Length == 0)
        {
            if (dialect.EmptyPassword == Admission.Refused)
            {
                return new Refusal(dialect.EmptyPasswordRefused, true, "no password set");
            }
        }
        else if (!request.Password.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(account.Password)))
        {
            return new Refusal(dialect.BadPassword, true, "bad password");
        }

        // User id 0, whatever the name: tested after the password (facts 3.8).
        if (account.Uid == 0 && (options.RefuseRoot || dialect.Root == Admission.Refused))
        {
            return new Refusal(dialect.RootRefused, true, "root");
        }

        // Account management comes after authentication and has no delay.
        if (account.AccountExpired && dialect.AccountExpired == Admission.Refused)
        {
            return new Refusal(dialect.AccountExpiredRefused, false, "account expired");
        }

        return account.PasswordExpired && dialect.PasswordExpired == Admission.Refused
            ? new Refusal(dialect.PasswordExpiredRefused, false, "password expired")
            : null;
    }
}
