using System.Globalization;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Guessing;

/// <summary>A login that is refused without a byte, and a request that breaks off.</summary>
internal static class RefusalSightings
{
    // Which of them it was, the wire does not show.
    private static readonly string[] s_causes = ["bad-password", "unknown-user", "empty-password", "account-expired", "password-expired", "root-refused"];

    public static IEnumerable<Sighting> Of(Conversation conversation, SeenDiagnostic? diagnostic)
    {
        var (client, server) = (conversation.Primary.FromInitiator, conversation.Primary.FromResponder);
        var auxIsSound = conversation.AuxOutcome is AuxOutcome.NotAsked or AuxOutcome.Connected;
        var silent = Sightings.IsSilentClose(conversation);
        if (silent && auxIsSound && conversation.Request.Length is { } length)
        {
            var end = server.EndMark!.Value;
            var waited = Sightings.Seconds(client.Pieces.First(piece => piece.End >= length).Mark, end);
            yield return new Sighting(
                "diagnostics.bad-password",
                string.Create(CultureInfo.InvariantCulture, $"silence, closed {waited:0.000} s after the request"),
                end.Frame,
                dialect => Silence(dialect, waited));
        }

        // In the port field all servers are silent, whatever they say of the others.
        var brokeOff = conversation.Request.Length is null && conversation.Request.Port.State == FieldState.Complete
            && client is { Lost.Count: 0, Fin: not null };
        if (brokeOff && auxIsSound && server.EndMark is { } close && client.Fin!.Value.Frame < close.Frame)
        {
            if (silent)
            {
                yield return Sighting.Of("eof-in-field", "silent-close", close.Frame);
            }
            else if (diagnostic is { Stream: StreamName.Primary, HasFlag: true } && diagnostic.Mark.Frame > client.Fin.Value.Frame)
            {
                yield return Sighting.Of("eof-in-field", "diagnostic", diagnostic.Mark.Frame);
            }
        }
    }

    private static Claim? Silence(Dialect dialect, double waited)
    {
        var stated = s_causes.Select(cause => dialect.Diagnostics.GetValueOrDefault(cause)).OfType<Diagnostic>().ToList();
        if (stated.Count == 0)
        {
            return null;
        }

        var fitting = stated.FirstOrDefault(one => one.Form == DiagnosticForm.Silent
            && waited >= (one.NotBefore?.TotalSeconds ?? 0)
            && waited <= (one.Within?.TotalSeconds ?? double.MaxValue));
        var said = fitting ?? stated.FirstOrDefault(one => one.Form == DiagnosticForm.Silent) ?? stated[0];
        return Claim.Of(fitting is not null, DiagnosticMatch.Describe(said), said.Basis);
    }
}
