using RexecConformance.Bytes;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>Finds out why a captured server refused, as far as the capture and the dialects tell.</summary>
internal static class RefusalCause
{
    private static readonly string[] s_tooLong = ["username-too-long", "password-too-long", "command-too-long"];

    /// <summary>The cause by its name in the dialect files, <c>aux-failure</c> among them; null where the server accepted, or nothing is known.</summary>
    public static string? Of(Conversation conversation, IEnumerable<Dialect> dialects)
    {
        if (conversation.Accepted == true)
        {
            return Said(conversation, dialects, ["no-home"]);
        }

        if (conversation.Accepted is null)
        {
            return null;
        }

        bool silent = conversation.PrimaryReply.Parts.Count == 0 && conversation.AuxReply.Parts.Count == 0;
        if (silent && conversation.AuxOutcome == AuxOutcome.Failed)
        {
            return "aux-failure";
        }

        if (conversation.Request.Length is null)
        {
            return Said(conversation, dialects, s_tooLong)
                ?? (EndedWithin(conversation) && Unfinished(conversation) is { } unfinished ? "eof-in-" + unfinished : null);
        }

        // Silence after a whole request is a refused password until something else is known: PAM servers say no more.
        return silent ? "bad-password" : Said(conversation, dialects, [.. s_tooLong, "bad-password", "unknown-user", "root-refused"]);
    }

    /// <summary>Whether the client ended within the request while the server had neither ended nor said anything: what the server did then, it did about that.</summary>
    public static bool EndedWithin(Conversation conversation)
    {
        TcpDirection server = conversation.Primary.FromResponder;
        return conversation.Request.Length is null && conversation.Primary.FromInitiator.Fin is { } fin
            && (server.EndMark is not { } end || fin.Frame < end.Frame)
            && server.Pieces.All(piece => piece.Mark.Frame > fin.Frame);
    }

    private static string? Unfinished(Conversation conversation)
    {
        RequestField? field = conversation.Request.All.FirstOrDefault(one => one.State is FieldState.Unfinished or FieldState.Absent);
        return field is null or { Name: "port" } ? null : field.Name;
    }

    private static string? Said(Conversation conversation, IEnumerable<Dialect> dialects, IReadOnlyList<string> causes)
    {
        byte[] said = [.. conversation.PrimaryReply.Diagnostics, .. conversation.AuxReply.Diagnostics];
        if (said.Length == 0)
        {
            return null;
        }

        string text = ByteText.Latin1.GetString(said).Trim('\u0001', '\n', '.', '\0');
        return causes.FirstOrDefault(cause => dialects.Any(dialect =>
            dialect.Diagnostics.TryGetValue(cause, out Diagnostic? diagnostic)
            && diagnostic.Form == DiagnosticForm.Text
            && string.Concat(diagnostic.Content.Parts.OfType<LiteralPart>().Select(part => ByteText.Latin1.GetString(part.Bytes))).TrimEnd('.') == text));
    }
}
