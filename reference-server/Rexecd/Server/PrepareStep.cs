namespace Rexecd;

/// <summary>Pipe, fork and home directory: in steps 6 and 7, before or after the status byte, as the dialect has it.</summary>
internal static class PrepareStep
{
    /// <summary>True if the session goes on; false after a failure and its diagnostic.</summary>
    public static async ValueTask<bool> RunAsync(Exchange exchange, Stage stage, Account account)
    {
        Dialect dialect = exchange.Dialect;
        if (dialect.ForkStage == stage && ForkFailure(exchange) is { } failure)
        {
            await exchange.Replies.DiagnosticAsync(failure.Text, dialect.ForkStream).ConfigureAwait(false);
            return false;
        }

        if (dialect.HomeCheck == stage && !account.HomeExists)
        {
            await exchange.Replies.DiagnosticAsync(dialect.NoRemoteDirectory, dialect.HomeStream).ConfigureAwait(false);
            return dialect.HomeMissing == HomeMissing.DiagnosticThenDefault;
        }

        return true;
    }

    private static Failure? ForkFailure(Exchange exchange)
    {
        Dialect dialect = exchange.Dialect;
        bool aux = exchange.Connections.Aux is not null;
        if (aux && dialect.Relays && exchange.Options.Faults.Contains(Fault.Pipe))
        {
            return new Failure(dialect.PipeFailed);
        }

        bool forks = dialect.Fork == ForkUse.Always || (dialect.Fork == ForkUse.WithAux && aux);
        return forks && exchange.Options.Faults.Contains(Fault.Fork) ? new Failure(dialect.ForkFailed) : null;
    }

    private sealed record Failure(string? Text);
}
