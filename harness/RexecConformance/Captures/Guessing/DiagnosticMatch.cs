using System.Text.RegularExpressions;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Reports;

namespace RexecConformance.Captures.Guessing;

/// <summary>Compares a diagnostic that was seen with one that a dialect's file states.</summary>
internal static class DiagnosticMatch
{
    // No server sends this: a pattern that takes it takes anything, and says nothing about the text.
    private const string Nonsense = "qz zq";

    /// <summary>Whether the bytes are what the file states; null where too few bytes are in the file to tell.</summary>
    public static Agreement? Of(SeenDiagnostic seen, Diagnostic stated)
    {
        var wanted = Literal(stated.Content);
        return stated.Form switch
        {
            DiagnosticForm.Silent => Agreement.Contradicts,
            DiagnosticForm.Any => seen.HasFlag ? Agreement.Allows : Agreement.Contradicts,
            DiagnosticForm.Pattern => Pattern(seen, stated),
            _ when wanted is null => null,
            DiagnosticForm.Text => Same(seen.HasFlag, seen.Text.Span, wanted, seen.Finished),
            _ => Same(true, seen.Bytes.Span, wanted, seen.Finished),
        };
    }

    /// <summary>What a dialect states, in short.</summary>
    public static string Describe(Diagnostic stated) => $"{stated.Name}: " + stated.Form switch
    {
        DiagnosticForm.Silent => "silence" + (stated.NotBefore is { } wait ? $" of at least {Words.Seconds(wait)}" : ""),
        DiagnosticForm.Any => "any diagnostic",
        DiagnosticForm.Pattern => $"<{PlainText.OneLine(stated.Pattern!)}>",
        _ => Literal(stated.Content) is { } bytes ? EscapedBytes.Quote(bytes) : "a text of the target's",
    };

    private static Agreement? Same(bool flagFits, ReadOnlySpan<byte> seen, byte[] wanted, bool finished)
    {
        if (!flagFits || !wanted.AsSpan().StartsWith(seen))
        {
            return Agreement.Contradicts;
        }

        return seen.Length == wanted.Length ? Agreement.Agrees : finished ? Agreement.Contradicts : null;
    }

    private static Agreement? Pattern(SeenDiagnostic seen, Diagnostic stated)
    {
        if (!seen.Finished)
        {
            return null;
        }

        try
        {
            var pattern = new Regex($"^(?:{stated.Pattern})\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            var text = ByteText.Latin1.GetString(stated.Flag ? seen.Text.Span : seen.Bytes.Span);
            var fits = pattern.IsMatch(text) && (!stated.Flag || seen.HasFlag);
            return !fits ? Agreement.Contradicts
                : pattern.IsMatch(Nonsense) || pattern.IsMatch(Nonsense + "\n") ? Agreement.Allows : Agreement.Agrees;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static byte[]? Literal(ByteTemplate content) =>
        content.Parts.All(part => part is LiteralPart) ? [.. content.Parts.OfType<LiteralPart>().SelectMany(part => part.Bytes)] : null;
}
