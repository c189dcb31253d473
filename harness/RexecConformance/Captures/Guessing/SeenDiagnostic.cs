using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Guessing;

/// <summary>A diagnostic that a server sent, and what it may have been about.</summary>
/// <param name="Stream">Where it came.</param>
/// <param name="AfterStatus">Whether the NUL of success came before it.</param>
/// <param name="Bytes">All of it, flag byte and newline included.</param>
/// <param name="Finished">Whether all of it is in the file.</param>
/// <param name="Mark">When it began.</param>
/// <param name="Causes">The causes for which at least one dialect states this very text.</param>
internal sealed record SeenDiagnostic(
    StreamName Stream, bool AfterStatus, ReadOnlyMemory<byte> Bytes, bool Finished, CaptureMark Mark, IReadOnlyList<string> Causes)
{
    /// <summary>Causes that a server meets only when it has said that the login succeeded, or as it starts the command.</summary>
    private static readonly string[] s_late = ["no-home", "no-shell", "fork-failed", "pipe-failed", "argument-list-too-long"];

    private static readonly string[] s_onlyLate = ["no-shell", "argument-list-too-long"];

    /// <summary>Whether it begins with the flag byte.</summary>
    public bool HasFlag => Bytes.Span[0] == 1;

    /// <summary>Without the flag byte and the newline.</summary>
    public ReadOnlyMemory<byte> Text
    {
        get
        {
            var text = HasFlag ? Bytes[1..] : Bytes;
            return text.Length > 0 && text.Span[^1] == '\n' ? text[..^1] : text;
        }
    }

    /// <summary>The conversation's first diagnostic that a dialect knows, else its first with a flag byte, else null.</summary>
    public static SeenDiagnostic? First(Conversation conversation, IReadOnlyCollection<Dialect> dialects)
    {
        var all = All(conversation).Select(one => one with { Causes = CausesOf(one, dialects) }).ToList();
        return all.FirstOrDefault(one => one.Causes.Count > 0) ?? all.FirstOrDefault(one => one.HasFlag);
    }

    private static List<string> CausesOf(SeenDiagnostic seen, IReadOnlyCollection<Dialect> dialects) =>
    [
        .. PropertyCatalogue.Causes
            .Where(cause => seen.AfterStatus ? s_late.Contains(cause) : !s_onlyLate.Contains(cause))
            .Where(cause => dialects.Any(dialect => dialect.Diagnostics.TryGetValue(cause, out var stated)
                && DiagnosticMatch.Of(seen, stated) == Agreement.Agrees)),
    ];

    private static IEnumerable<SeenDiagnostic> All(Conversation conversation)
    {
        foreach (var stream in Enum.GetValues<StreamName>())
        {
            if (conversation.Sent(Side.Server, stream) is not { StartKnown: true } sent)
            {
                continue;
            }

            var afterStatus = stream == StreamName.Aux && conversation.PrimaryReply.HasStatus;
            long offset = 0;
            var parts = conversation.Reply(stream).Parts;
            for (var i = 0; i < parts.Count; i++)
            {
                var part = parts[i];
                afterStatus |= part.Kind == ReplyKind.Status;
                // A shell that could not be started is told without a flag byte; there is no other output then.
                var mayBeOne = part.Kind == ReplyKind.Diagnostic || (part.Kind == ReplyKind.Output && afterStatus);
                if (mayBeOne && sent.Pieces.FirstOrDefault(piece => piece.End > offset) is { Bytes.IsEmpty: false } piece)
                {
                    var last = i == parts.Count - 1;
                    var whole = sent.Lost.Count == 0 && sent.End != EndOfStream.None;
                    yield return new SeenDiagnostic(
                        stream, afterStatus, part.Bytes, !last || whole || part.Bytes.Span[^1] == '\n', piece.Mark, []);
                }

                offset += part.Bytes.Length;
            }
        }
    }
}
