using RexecConformance.Fuzzing.Finds;
using RexecConformance.Reports;

namespace RexecConformance.Fuzzing.Running;

/// <summary>What a run came to, as text for people: the same from a run and from its result file.</summary>
public static class FuzzSummary
{
    private const int LineWidth = 110;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">The run.</param>
    /// <param name="colour">Whether colour codes are written.</param>
    public static void Write(TextWriter output, FuzzResult result, bool colour)
    {
        var paint = new Paint(colour);
        foreach (FuzzFind find in result.Finds)
        {
            WriteFind(output, find, paint);
            output.WriteLine();
        }

        WriteReplies(output, result, paint);
        string targets = result.Targets.Count <= 2
            ? string.Join(", ", result.Targets.Select(target => $"{target.Target} as {target.Dialect}"))
            : $"{result.Targets.Count} targets from {result.Targets[0].Target} to {result.Targets[^1].Target}";
        output.WriteLine(PlainText.OneLine(targets));
        output.WriteLine($"seed {result.Seed}, cases {result.Numbers.From} to {Math.Max(result.Numbers.From, result.Numbers.To) - 1}: {result.Cases} cases in {result.Seconds:0.0} s, {result.Rate:0} a second{Until(result)}; "
            + $"{result.Distinct} distinct outcomes; {result.Asked} asked in all");
        WriteRest(output, result, paint);
        output.WriteLine($"corpus: {PlainText.OneLine(result.Corpus)}");
        if (result.Failure is { } failure)
        {
            output.WriteLine(paint.Red(PlainText.OneLine(result.OwnFault ? $"fault of the suite itself: {failure}" : failure)));
        }

        output.WriteLine(result.Finds.Count == 0
            ? result.Failure is null ? paint.Green(result.Interrupted ? "interrupted; nothing found" : "nothing found") : paint.Red("ended early; nothing found")
            : paint.Red($"{Words.Count(result.Finds.Count, "find")}{(result.Interrupted ? "; interrupted" : "")}"));
    }

    /// <summary>Writes one find.</summary>
    public static void WriteFind(TextWriter output, FuzzFind find, bool colour) => WriteFind(output, find, new Paint(colour));

    private static void WriteFind(TextWriter output, FuzzFind find, Paint paint)
    {
        output.WriteLine(paint.Red(PlainText.OneLine($"FIND {find.Kind}")));
        output.WriteLine(PlainText.OneLine($"  {find.Title}"));
        string often = find.Repeats.Shown < find.Repeats.Asked ? $"; shows {find.Repeats.Shown} of {find.Repeats.Asked} times" : "";
        string small = find.Shrunk ? "" : "; not yet made as small as can be";
        output.WriteLine(PlainText.OneLine($"  request, {Words.Count(find.Request.Length, "byte")}: {PredictedText.Quote(find.Request)}{often}{small}"));
        foreach (FindSide side in find.Sides)
        {
            output.WriteLine(PlainText.OneLine($"  {side.Dialect} demands: {side.Prediction}"));
            string trouble = side.Outcome.Trouble is { } line ? $"; {line}" : "";
            output.WriteLine(PlainText.OneLine($"  {side.Target}: primary: {PredictedText.Of(side.Outcome.Primary)}; aux: {PredictedText.Of(side.Outcome.Aux)}{trouble}"));
        }

        output.WriteLine(PlainText.OneLine($"  again: {find.Command}"));
    }

    // Told where the wait for the last cases makes a difference.
    private static string Until(FuzzResult result) => result.Begun is { } begun && result.Seconds - begun.Seconds >= 0.1 ? FormattableString.Invariant($" in the {begun.Seconds:0.0} s in which cases were begun") : "";

    private static void WriteReplies(TextWriter output, FuzzResult result, Paint paint)
    {
        foreach (IGrouping<string, ReplyCoverage> dialect in result.Replies.GroupBy(reply => reply.Dialect))
        {
            List<ReplyCoverage> reached = [.. dialect.Where(reply => reply.Count > 0).OrderByDescending(reply => reply.Count)];
            WriteWrapped(output, $"{dialect.Key}: {reached.Count} of {dialect.Count()} replies reached:", reached.Select(reply => $"{reply.Reply} {reply.Count}"), paint.Dim);
            List<ReplyCoverage> never = [.. dialect.Where(reply => reply.Count == 0)];
            if (never.Count > 0)
            {
                WriteWrapped(output, "  never reached:", never.Select(reply => reply.Reply), paint.Yellow);
            }
        }
    }

    private static void WriteRest(TextWriter output, FuzzResult result, Paint paint)
    {
        if (result.Withheld > 0)
        {
            output.WriteLine($"{Words.Count((int)Math.Min(int.MaxValue, result.Withheld), "case")} withheld: a real shell might have run something");
        }

        if (result.KnownDifferences > 0)
        {
            output.WriteLine($"{result.KnownDifferences} differences that the dialects allow (--known report tells them)");
        }

        if (result.NotRepeated > 0)
        {
            output.WriteLine(paint.Yellow($"{result.NotRepeated} did not show again{(result.Fleeting.Count == 0 ? "" : ": " + string.Join(", ", result.Fleeting.Take(5)))}"));
        }
    }

    private static void WriteWrapped(TextWriter output, string begin, IEnumerable<string> words, Func<string, string> paint)
    {
        string line = begin;
        foreach (string word in words.Select((word, i) => i == 0 ? word : ", " + word))
        {
            if (line.Length + word.Length > LineWidth)
            {
                output.WriteLine(paint(line + ","));
                line = "    " + word.TrimStart(',', ' ');
            }
            else
            {
                line += (line == begin ? " " : "") + word;
            }
        }

        output.WriteLine(paint(line));
    }
}
