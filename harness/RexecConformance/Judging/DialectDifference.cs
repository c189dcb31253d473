using RexecConformance.Bytes;
using RexecConformance.Captures;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;

namespace RexecConformance.Judging;

/// <summary>What a captured server and a target did, as far as dialects can tell the two apart.</summary>
/// <param name="AsksForAux">Whether the request asks for an auxiliary connection.</param>
/// <param name="Unfinished">Whether the client ended before the request was complete.</param>
/// <param name="CapturedPrimary">What the captured server sent on the primary.</param>
/// <param name="CapturedAux">What it sent on the auxiliary connection; null where it made none.</param>
/// <param name="SeenPrimary">What the target sent on the primary.</param>
/// <param name="SeenAux">What it sent on the auxiliary connection; null where it made none.</param>
/// <param name="EndsDiffer">Whether a stream ended in another way; one that did not end has other reasons.</param>
public sealed record CapturedAndSeen(
    bool AsksForAux, bool Unfinished, byte[] CapturedPrimary, byte[]? CapturedAux, byte[] SeenPrimary, byte[]? SeenAux, bool EndsDiffer);

/// <summary>Names the property in which the dialect of a captured server and that of a target differ on just what differed.</summary>
public static class DialectDifference
{
    /// <summary>One line for each property or diagnostic that explains something; none where the dialect files know no reason.</summary>
    /// <param name="captured">The dialects that the captured server may be of; empty where nothing tells.</param>
    /// <param name="target">The target's.</param>
    /// <param name="what">What differed.</param>
    public static IEnumerable<string> Of(IReadOnlyList<Dialect> captured, Dialect target, CapturedAndSeen what)
    {
        List<Dialect> others = [.. captured.Where(dialect => dialect.Name != target.Name)];
        if (others.Count == 0 || captured.Any(dialect => dialect.Name == target.Name))
        {
            return [];
        }

        return Properties(what, others, target).Distinct()
            .Select(name => Property(name, others, target))
            .Concat(Diagnostics(what, others, target))
            .OfType<string>()
            .Distinct();
    }

    private static IEnumerable<string> Properties(CapturedAndSeen what, IReadOnlyList<Dialect> captured, Dialect target)
    {
        (ServerReply capturedPrimary, ServerReply capturedAux) = Replies(what.CapturedPrimary, what.CapturedAux);
        (ServerReply seenPrimary, ServerReply seenAux) = Replies(what.SeenPrimary, what.SeenAux);
        if (what.AsksForAux && (capturedPrimary.HasStatus != seenPrimary.HasStatus || capturedAux.HasStatus != seenAux.HasStatus))
        {
            yield return "status-stream";
        }

        if (what.AsksForAux && (what.CapturedAux is null) != (what.SeenAux is null))
        {
            yield return "aux-connect";
        }

        if (what.AsksForAux && (capturedPrimary.Diagnostics.Length > 0) != (seenPrimary.Diagnostics.Length > 0))
        {
            yield return "diagnostic-stream";
        }

        if (what.Unfinished)
        {
            yield return "eof-in-field";
        }

        foreach (string cause in new[] { Cause(capturedPrimary, capturedAux, captured), Cause(seenPrimary, seenAux, [target]) }.OfType<string>())
        {
            string? property = cause switch
            {
                "username-too-long" => "username-limit",
                "password-too-long" => "password-limit",
                "command-too-long" => "command-limit",
                "root-refused" => "root-login",
                "account-expired" or "password-expired" => "expiry-check",
                "no-home" => "home-check",
                _ => null,
            };
            if (property is not null)
            {
                yield return property;
            }
        }

        if (what.EndsDiffer)
        {
            yield return "unread-input";
            if (what.AsksForAux)
            {
                yield return "signal-byte";
            }
        }
    }

    // Both refused, in other words.
    private static IEnumerable<string?> Diagnostics(CapturedAndSeen what, IReadOnlyList<Dialect> captured, Dialect target)
    {
        (ServerReply capturedPrimary, ServerReply capturedAux) = Replies(what.CapturedPrimary, what.CapturedAux);
        (ServerReply seenPrimary, ServerReply seenAux) = Replies(what.SeenPrimary, what.SeenAux);
        bool accepted = capturedPrimary.HasStatus || capturedAux.HasStatus || seenPrimary.HasStatus || seenAux.HasStatus;
        if (accepted || (capturedPrimary.Diagnostics.AsSpan().SequenceEqual(seenPrimary.Diagnostics) && capturedAux.Diagnostics.AsSpan().SequenceEqual(seenAux.Diagnostics)))
        {
            yield break;
        }

        string? cause = Cause(seenPrimary, seenAux, [target]) ?? Cause(capturedPrimary, capturedAux, captured);
        if (cause is null || !target.Diagnostics.TryGetValue(cause, out Diagnostic? here))
        {
            yield break;
        }

        foreach (IGrouping<string, Dialect> same in captured.Where(dialect => dialect.Diagnostics.ContainsKey(cause)).GroupBy(dialect => Words(dialect.Diagnostics[cause])))
        {
            yield return same.Key == Words(here) ? null : $"the diagnostic {cause} is {same.Key} in {Names(same)}; {Words(here)} in {target.Name}";
        }
    }

    private static string? Property(string name, IReadOnlyList<Dialect> captured, Dialect target)
    {
        if (!target.Properties.TryGetValue(name, out DialectProperty? here))
        {
            return null;
        }

        List<string> there = [.. captured.Where(dialect => dialect.Properties.ContainsKey(name) && dialect.Properties[name].Value != here.Value)
            .GroupBy(dialect => dialect.Properties[name].Value).Select(same => $"{same.Key} in {Names(same)}")];
        return there.Count == 0 ? null : $"{name} is {string.Join("; ", there)}; {here.Value} in {target.Name}";
    }

    private static string? Cause(ServerReply primary, ServerReply aux, IReadOnlyList<Dialect> dialects)
    {
        string said = ByteText.Latin1.GetString([.. primary.Diagnostics, .. aux.Diagnostics]).Trim('\x01', '\n');
        return said.Length == 0 ? null : dialects
            .SelectMany(dialect => dialect.Diagnostics.Values)
            .FirstOrDefault(diagnostic => diagnostic.Form == DiagnosticForm.Text && Text(diagnostic) == said)?.Name;
    }

    private static string Words(Diagnostic diagnostic) => diagnostic.Form switch
    {
        DiagnosticForm.Silent => "silence",
        DiagnosticForm.Text or DiagnosticForm.Bytes => $"\"{ByteText.Escape(ByteText.Latin1.GetBytes(Text(diagnostic)))}\"",
        _ => "some text",
    };

    private static string Text(Diagnostic diagnostic) =>
        string.Concat(diagnostic.Content.Parts.OfType<LiteralPart>().Select(part => ByteText.Latin1.GetString(part.Bytes)));

    // Near relatives are many: three of them say which family it is.
    private static string Names(IEnumerable<Dialect> dialects)
    {
        string[] names = [.. dialects.Select(dialect => dialect.Name)];
        return names.Length <= 4 ? string.Join(", ", names) : $"{string.Join(", ", names[..3])} and {names.Length - 3} others";
    }

    private static (ServerReply Primary, ServerReply Aux) Replies(byte[] primary, byte[]? aux)
    {
        ServerReply reply = ServerReply.OfPrimary(primary);
        return (reply, ServerReply.OfAux(aux, reply));
    }
}
