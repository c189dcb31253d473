using RexecConformance.Bytes;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>Finds out why a captured server refused, as far as the capture and the dialects tell.</summary>
internal static class RefusalCause
{
    /// <summary>The cause by its name in the dialect files; null where the server accepted, or nothing is known.</summary>
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

        if (Unfinished(conversation) is { } unfinished)
        {
            return conversation.End(Side.Client, StreamName.Primary) == EndOfStream.None ? null : "eof-in-" + unfinished;
        }

        if (conversation.Request.Length is null)
        {
            return null;
        }

        // Silence after a whole request is a refused password until something else is known: PAM servers say no more.
        return conversation.PrimaryReply.Parts.Count == 0 && conversation.AuxReply.Parts.Count == 0
            ? "bad-password"
            : Said(conversation, dialects, ["username-too-long", "password-too-long", "command-too-long", "bad-password", "unknown-user", "root-refused"]);
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
