namespace Rexecd;

/// <summary>Step 6, first half: the outcome of the check of user name and password.</summary>
internal static class LoginStep
{
    /// <summary>Who a command runs as where nobody is asked who he is: the only user of a system without users.</summary>
    private static readonly Account Nobody = new()
    {
        Key = "nobody", Name = "root", Uid = 0, Gid = 0, Home = "/", Shell = "",
    };

    /// <summary>Checks the login, unless the dialect does not.</summary>
    public static ValueTask<Login> CheckAsync(Exchange exchange, ILogins logins)
    {
        if (exchange.Dialect.LoginCheck == LoginCheck.Skipped)
        {
            return ValueTask.FromResult(new Login(Nobody, null));
        }

        return logins.CheckAsync(new LoginRequest(exchange.Request.Username, exchange.Request.Password, exchange.Connections.Client), exchange.Cancel);
    }

    /// <summary>Whose command runs; null if the session ends here, after whatever diagnostic there is.</summary>
    public static async ValueTask<Account?> RunAsync(Exchange exchange, Login login)
    {
        if (login.Refusal is not { } refusal)
        {
            return login.Account;
        }

        Dialect dialect = exchange.Dialect;
        exchange.Log.LoginRefused(exchange.Request.Username, login.Account is not null, refusal.Reason);
        int delay = !refusal.Delayed ? 0 : refusal.UnknownUser ? dialect.UnknownUserDelay : dialect.RefusalDelay;
        await Delay.WaitAsync(TimeSpan.FromMilliseconds(delay), exchange.Options.Time, exchange.Cancel).ConfigureAwait(false);
        await exchange.Replies.DiagnosticAsync(refusal.Text, dialect.DiagnosticStream).ConfigureAwait(false);
        bool goesOn = dialect.LoginCheck == LoginCheck.Answered && refusal.WrongPassword;
        return goesOn && !(exchange.Options.RefuseRoot && login.Account is { Uid: 0 }) ? login.Account : null;
    }
}
