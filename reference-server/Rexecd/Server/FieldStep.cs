namespace Rexecd;

/// <summary>Steps 1, 3, 4 and 5: one field each, and what is said of one that is not well.</summary>
internal static class FieldStep
{
    /// <summary>Reads the current field; false if the session ends here, after whatever diagnostic there is.</summary>
    public static async ValueTask<bool> RunAsync(Exchange exchange)
    {
        Field field = exchange.Request.Field;
        ParseStatus? status = await exchange.Reader.ReadFieldAsync(exchange.Cancel).ConfigureAwait(false);
        if (status == ParseStatus.Done)
        {
            return true;
        }

        exchange.Log.FieldFailed(field, status is { } s ? Kebab.Of(s) : "end-of-file");
        if (status is null && exchange.Dialect.AtEndOfFile == EndOfFile.GoOn)
        {
            exchange.Request.EndField();
            return true;
        }

        if (field != Field.Port)
        {
            await AnswerAsync(exchange, exchange.Dialect.Rules(field), status).ConfigureAwait(false);
        }

        return false;
    }

    private static async ValueTask AnswerAsync(Exchange exchange, FieldRules rules, ParseStatus? status)
    {
        ReplyStream stream = exchange.Dialect.DiagnosticStream;
        switch (status)
        {
            case ParseStatus.TooLong:
                await exchange.Replies.DiagnosticAsync(rules.TooLong, stream).ConfigureAwait(false);
                break;
            case ParseStatus.OverCeiling:
                await exchange.Replies.BytesAsync(rules.OverCeiling, stream).ConfigureAwait(false);
                break;
            case null when exchange.Dialect.AtEndOfFile == EndOfFile.Endless && rules.EndOfFile is { } text:
                await exchange.Replies.EndlessAsync(text, stream).ConfigureAwait(false);
                break;
            case null:
                await exchange.Replies.DiagnosticAsync(rules.EndOfFile, stream).ConfigureAwait(false);
                break;
        }
    }
}
