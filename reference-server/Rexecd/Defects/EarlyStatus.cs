namespace Rexecd;

/// <summary><see cref="Defect.EarlyStatus"/>: who has the right password is told so before he has said what is to run.</summary>
internal static class EarlyStatus
{
    /// <summary>True if the status byte has been sent.</summary>
    public static async ValueTask<bool> RunAsync(Exchange exchange, ILogins logins)
    {
        if (!exchange.Defects.Has(Defect.EarlyStatus))
        {
            return false;
        }

        Login login = await LoginStep.CheckAsync(exchange, logins).ConfigureAwait(false);
        await using (login.ConfigureAwait(false))
        {
            if (login.Refusal is not null)
            {
                return false;
            }
        }

        await exchange.Replies.StatusAsync().ConfigureAwait(false);
        return true;
    }
}
