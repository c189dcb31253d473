namespace RexecConformance.Captures.Replay;

/// <summary>The outcome of a replay as text for people. No password is in it.</summary>
public static class ReplayText
{
    /// <summary>Writes one conversation's outcome.</summary>
    public static void Write(TextWriter output, string target, ReplayResult result)
    {
        output.WriteLine($"conversation {result.Conversation.Number} on {target}: {Verdict(result)}");
        output.WriteLine($"  captured {ConversationText.Line(result.Conversation).Trim()}");
        foreach (string note in result.Notes.Concat(result.Conversation.Warnings))
        {
            output.WriteLine($"  note: {note}");
        }

        if (result.NotDriven is { } reason)
        {
            output.WriteLine($"  not driven: {reason}");
        }

        foreach (ReplayFinding finding in result.Findings)
        {
            string mark = finding.IsDifference ? "DIFFERS"
                : finding.Kind == FindingKind.Dialect ? "because"
                : finding.Text.StartsWith("different", StringComparison.Ordinal) ? "apart"
                : finding.Compared ? "same" : "unknown";
            string stream = finding.Stream is { } name ? name.ToString().ToLowerInvariant() + " " : "";
            output.WriteLine($"  {mark,-7} {stream}{(finding.Kind == FindingKind.Dialect ? "the dialects differ" : finding.Kind.ToString().ToLowerInvariant())}: {finding.Text}");
        }

        if (result.Differs && result.Findings.Where(finding => finding.IsDifference).All(finding => finding.Kind == FindingKind.Output))
        {
            output.WriteLine("  only the command's own output differs: where that depends on the machine or the day, --ignore-output does not judge it");
        }
    }

    private static string Verdict(ReplayResult result) =>
        result.NotDriven is not null ? "not driven"
        : result.Differs ? "differs from the captured server"
        : result.Compared ? "as captured"
        : "nothing to compare";
}
