using RexecConformance.Bytes;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures;

/// <summary>Shows a segment's bytes without the part that may be the password.</summary>
internal static class HiddenPassword
{
    public static string Of(Conversation conversation, DialogueEvent item, bool show)
    {
        if (show || item is not { Side: Side.Client, Stream: StreamName.Primary })
        {
            return ByteText.Escape(item.Bytes.Span);
        }

        var (from, to) = Range(conversation.Request);
        var start = (int)Math.Clamp(from - item.Offset, 0, item.Bytes.Length);
        var end = (int)Math.Clamp(to - item.Offset, 0, item.Bytes.Length);
        var before = ByteText.Escape(item.Bytes.Span[..start]);
        return start < end ? $"{before}(hidden){ByteText.Escape(item.Bytes.Span[end..])}" : ByteText.Escape(item.Bytes.Span);
    }

    // Once a byte is lost, any byte after it may be the password's.
    private static (long From, long To) Range(RequestFields request)
    {
        var password = request.Password;
        if (password.State == FieldState.Complete)
        {
            return (password.Offset, password.Offset + password.Bytes.Length);
        }

        var lost = request.All.FirstOrDefault(field => field.State is FieldState.Lost);
        return password.State == FieldState.Absent ? (0, 0)
            : lost is null || lost == password ? (password.Offset, long.MaxValue)
            : (lost.Offset + lost.Bytes.Length, long.MaxValue);
    }
}
