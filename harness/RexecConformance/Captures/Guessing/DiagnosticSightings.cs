using RexecConformance.Captures.Showing;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Guessing;

/// <summary>The text, the end and the stream of a diagnostic, and whether a missing home came before or after the NUL of success.</summary>
internal static class DiagnosticSightings
{
    public static IEnumerable<Sighting> Of(Conversation conversation, SeenDiagnostic? seen, Concealment hidden)
    {
        if (seen is null)
        {
            yield break;
        }

        var frame = seen.Mark.Frame;
        if (seen.Causes.Count > 0)
        {
            yield return new Sighting(
                "diagnostics." + string.Join('|', seen.Causes), hidden.Quote(seen.Bytes.Span, 60), frame, dialect => Text(dialect, seen));
        }

        if (seen.HasFlag && seen.Finished)
        {
            var newline = seen.Bytes.Span[^1] == '\n';
            yield return new Sighting("diagnostic-terminator", newline ? "a newline" : "none", frame, dialect =>
                dialect.Properties.TryGetValue("diagnostic-terminator", out var stated)
                    ? Claim.Of(newline == (stated.Value == "\n"), Bytes.ByteText.Escape(Bytes.ByteText.Latin1.GetBytes(stated.Value)), stated.Basis)
                    : null);
        }

        var noHome = seen.Causes is ["no-home"];
        if (noHome)
        {
            yield return Sighting.Of("home-check", seen.AfterStatus ? "after-status" : "before-status", frame);
        }

        // After the NUL a server's error output may be either connection already.
        if (conversation.AuxOutcome == AuxOutcome.Connected && !seen.AfterStatus)
        {
            var stream = seen.Stream == StreamName.Primary ? "primary" : "stderr";
            yield return new Sighting("diagnostic-stream", stream, frame, dialect =>
                (noHome ? Claim.Equal(dialect, "home-stream", stream) : null) ?? Claim.Equal(dialect, "diagnostic-stream", stream));
        }
    }

    private static Claim? Text(Dialect dialect, SeenDiagnostic seen)
    {
        var stated = seen.Causes.Select(cause => dialect.Diagnostics.GetValueOrDefault(cause)).OfType<Diagnostic>()
            .Select(diagnostic => (Diagnostic: diagnostic, Agreement: DiagnosticMatch.Of(seen, diagnostic)))
            .OrderByDescending(one => one.Agreement)
            .ToList();
        // One that cannot be told (null) may be the one: then nothing contradicts.
        var open = stated.Count == 0 || (stated[0].Agreement is null or Agreement.Contradicts && stated.Any(one => one.Agreement is null));
        return open ? null : new Claim(stated[0].Agreement!.Value, DiagnosticMatch.Describe(stated[0].Diagnostic), stated[0].Diagnostic.Basis);
    }
}
