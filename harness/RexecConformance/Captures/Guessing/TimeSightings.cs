using System.Globalization;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Yaml;

namespace RexecConformance.Captures.Guessing;

/// <summary>A server that gives up a client that says nothing, or waits for it.</summary>
internal static class TimeSightings
{
    // An alarm is exact; what comes late is a busy host.
    private const double Early = 1;
    private const double Late = 5;

    // A server that closes sooner has another reason (a wrapper that refuses the host, a crash).
    private const double Soonest = 10;

    public static IEnumerable<Sighting> Of(Conversation conversation)
    {
        var (request, server) = (conversation.Request, conversation.Primary.FromResponder);
        var client = conversation.Primary.FromInitiator;
        if (conversation.Primary.Established is not { } established || request.Length is not null || client.Lost.Count > 0 || server.Length > 0)
        {
            yield break;
        }

        var inPort = request.Port.State is FieldState.Absent or FieldState.Unfinished;
        if (!inPort && conversation.AuxOutcome is not (AuxOutcome.NotAsked or AuxOutcome.Connected))
        {
            yield break;
        }

        // The clock of the port runs from the start, whatever comes; the one of the fields, where there is one, from the port on.
        var from = inPort ? established
            : conversation.Aux?.Established ?? client.Pieces.First(piece => piece.End > request.Port.Bytes.Length).Mark;
        var property = inPort ? "port-timeout" : "fields-timeout";
        if (server.EndMark is { } gaveUp && Frame(client.EndMark) > gaveUp.Frame)
        {
            var seconds = Sightings.Seconds(from, gaveUp);
            if (seconds >= Soonest)
            {
                yield return new Sighting(property, Text($"closed after {seconds:0.0} s"), gaveUp.Frame, dialect => Closed(dialect, property, seconds));
            }
        }
        else if (server.EndMark is null || client.EndMark is not null)
        {
            var last = client.EndMark ?? conversation.Events.MaxBy(item => item.Mark.Frame)!.Mark;
            var seconds = Sightings.Seconds(from, last);
            yield return new Sighting(property, Text($"still open after {seconds:0.0} s"), last.Frame, dialect => Open(dialect, property, seconds));
        }
    }

    private static int Frame(CaptureMark? mark) => mark?.Frame ?? int.MaxValue;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Claim? Closed(Dialect dialect, string property, double seconds) =>
        Stated(dialect, property) is var (stated, limit)
            ? Claim.Of(limit is { } value && seconds >= value - Early && seconds <= value + Late, stated.Value, stated.Basis)
            : null;

    private static Claim? Open(Dialect dialect, string property, double seconds)
    {
        if (Stated(dialect, property) is not var (stated, limit))
        {
            return null;
        }

        // That it is open for a while is nothing special where it may wait longer still.
        return limit is null ? Claim.Of(true, stated.Value, stated.Basis)
            : seconds > limit + Late ? Claim.Of(false, stated.Value, stated.Basis)
            : null;
    }

    private static (DialectProperty Property, double? Limit)? Stated(Dialect dialect, string property)
    {
        if (!dialect.Properties.TryGetValue(property, out var stated))
        {
            return null;
        }

        return (stated, Durations.TryParse(stated.Value, out var limit) ? limit.TotalSeconds : null);
    }
}
