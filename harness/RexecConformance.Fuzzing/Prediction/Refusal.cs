using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Judging;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>All bytes of a diagnostic, made once.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Content">Flag byte, text and terminator as the dialect has them; nothing where it is silent. Null where the terminator is not stated.</param>
/// <param name="NotBefore">The close comes no earlier.</param>
/// <param name="Within">The close comes no later.</param>
public sealed record Refusal(string Cause, ExpectedContent? Content, TimeSpan? NotBefore, TimeSpan? Within)
{
    /// <summary>True if no byte comes.</summary>
    public bool Silent => Content is { Parts.Count: 0 };

    /// <summary>The diagnostic of a dialect.</summary>
    /// <param name="diagnostic">As its file has it.</param>
    /// <param name="terminator">The property <c>diagnostic-terminator</c>, or null.</param>
    public static Refusal Of(Diagnostic diagnostic, string? terminator) =>
        new(diagnostic.Name, ContentOf(diagnostic, terminator), diagnostic.NotBefore, diagnostic.Within);

    private static ExpectedContent? ContentOf(Diagnostic diagnostic, string? terminator)
    {
        switch (diagnostic.Form)
        {
            case DiagnosticForm.Silent:
                return ExpectedContent.Nothing;
            case DiagnosticForm.Bytes:
                return ExpectedContent.Of(Literal(diagnostic.Content));
            case DiagnosticForm.Pattern when !diagnostic.Flag:
                return ExpectedContent.Matching(diagnostic.Pattern!);
        }

        if (terminator is null)
        {
            return null;
        }

        byte[] end = ByteText.Latin1.GetBytes(terminator);
        return diagnostic.Form switch
        {
            DiagnosticForm.Text => ExpectedContent.Of([1, .. Literal(diagnostic.Content), .. end]),
            DiagnosticForm.Pattern => Form(diagnostic.Pattern!, end),
            _ => Form(@"[^\x00\x01\n]+", end),
        };
    }

    private static ExpectedContent Form(string pattern, byte[] end) =>
        ExpectedContent.Of([1]).Then(ExpectedContent.Matching(pattern)).Then(ExpectedContent.Of(end));

    private static byte[] Literal(ByteTemplate template) => [.. template.Parts.OfType<LiteralPart>().SelectMany(part => part.Bytes)];
}
