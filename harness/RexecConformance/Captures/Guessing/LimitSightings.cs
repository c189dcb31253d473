using System.Globalization;
using RexecConformance.Dialects;

namespace RexecConformance.Captures.Guessing;

/// <summary>Fields whose length a server took, or refused.</summary>
internal static class LimitSightings
{
    private static readonly string[] s_fields = ["username", "password", "command"];

    public static IEnumerable<Sighting> Of(Conversation conversation, SeenDiagnostic? diagnostic)
    {
        var tooLong = Array.FindIndex(s_fields, field => diagnostic?.Causes.Contains(Cause(field)) == true);
        var client = conversation.Primary.FromInitiator;
        for (var i = 0; i < s_fields.Length; i++)
        {
            var field = conversation.Request.All[i + 1];
            var length = field.Bytes.Length;
            if (i == tooLong && field.State is FieldState.Complete or FieldState.Unfinished)
            {
                yield return new Sighting(
                    s_fields[i] + "-limit", $"{length} bytes are too long", diagnostic!.Mark.Frame, dialect => Judge(dialect, s_fields[i], length, taken: false));
                yield break;
            }

            if (field.State == FieldState.Complete && length > 0 && Taken(conversation, diagnostic, i, tooLong))
            {
                yield return new Sighting(
                    s_fields[i] + "-limit",
                    $"{length} bytes are not too long",
                    Sightings.FrameAt(client, field.Offset + length),
                    Captured(s_fields[i], length));
            }
        }

        static Func<Dialect, Claim?> Captured(string field, int length) => dialect => Judge(dialect, field, length, taken: true);
    }

    private static string Cause(string field) => field + "-too-long";

    // A server reads and measures one field after the other, and looks at the account last.
    private static bool Taken(Conversation conversation, SeenDiagnostic? diagnostic, int field, int tooLong)
    {
        if (tooLong >= 0)
        {
            return field < tooLong;
        }

        return conversation.StatusStream is not null
            || (conversation.Request.Length is not null && (diagnostic is { Causes.Count: > 0 } || Sightings.IsSilentClose(conversation)));
    }

    private static Claim? Judge(Dialect dialect, string field, int length, bool taken)
    {
        if (!dialect.Properties.TryGetValue(field + "-limit", out var stated))
        {
            return null;
        }

        if (stated.Value == "unlimited")
        {
            return Claim.Of(taken, stated.Value, stated.Basis);
        }

        // The length of an argument list is the system's, and not stated.
        return int.TryParse(stated.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Claim.Of(taken == length <= limit, $"{limit} at most", stated.Basis)
            : null;
    }
}
