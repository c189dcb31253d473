using RexecConformance.Baselines;
using RexecConformance.Comparing;
using RexecConformance.Judging;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>A comparison as text for people: counts, groups, the matrix, and what differs byte for byte.</summary>
public static class ComparisonReport
{
    private const int Around = 40;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="targets">The targets' names.</param>
    /// <param name="rows">All variants.</param>
    /// <param name="onlyDifferent">Whether rows in which all agree are left out of the matrix.</param>
    /// <param name="options">Colour, passwords.</param>
    public static void Write(TextWriter output, IReadOnlyList<string> targets, IReadOnlyList<ComparedRow> rows, bool onlyDifferent, SummaryOptions options)
    {
        var paint = new Paint(options.Colour);
        List<ComparedRow> different = [.. rows.Where(row => row.Differs)];
        var unpredicted = rows.Select(row => (Row: row, Why: row.Unpredicted(targets))).Where(pair => pair.Why is not null).ToList();
        int agree = rows.Count(row => row.Groups == 1 && row.Cells.Count(c => c is { Driven: true }) > 1);
        for (int i = 0; i < targets.Count; i++)
        {
            ComparedCell[] cells = [.. rows.Select(row => row.Cells[i]).OfType<ComparedCell>()];
            string dialects = string.Join(", ", cells.Select(c => c.Dialect).Distinct());
            output.WriteLine(PlainText.OneLine($"{i + 1}  {targets[i]} as {dialects}: {cells.Count(c => c.Driven)} driven, {cells.Count(c => c.IsRed)} red, {cells.Count(c => c.Verdict == Verdict.Xfail)} xfail"));
        }

        output.WriteLine();
        output.WriteLine($"{Words.Count(rows.Count, "variant")}: {agree} agree, {different.Count} differ, {rows.Count - agree - different.Count} driven on fewer than two targets");
        output.WriteLine(unpredicted.Count == 0
            ? paint.Green("every difference is predicted by dialects and deviations")
            : paint.Red($"{Words.Count(unpredicted.Count, "variant")} not as dialects and deviations predict"));
        output.WriteLine();
        output.WriteLine("which targets agree (one letter each, in the order above; - was not driven)");
        foreach (IGrouping<string, ComparedRow> group in rows.GroupBy(row => row.Letters).OrderByDescending(g => g.Count()))
        {
            output.WriteLine($"  {group.Key}  {Words.Count(group.Count(), "variant")}");
        }

        output.WriteLine();
        foreach (IGrouping<string, ComparedRow> group in rows.Where(row => row.Differs || !onlyDifferent).GroupBy(row => row.Letters).OrderByDescending(g => g.Count()))
        {
            foreach (ComparedRow row in group)
            {
                output.WriteLine(row.Differs ? paint.Yellow($"{row.Letters}  {row.Name}") : $"{row.Letters}  {row.Name}");
            }
        }

        foreach ((ComparedRow row, string? why) in unpredicted)
        {
            output.WriteLine(paint.Red(PlainText.OneLine($"NOT PREDICTED {row.Name}: {why}")));
        }

        Differences(output, targets, different, options, paint);
    }

    // The same difference in another segmentation of the same scenario is written once.
    private static void Differences(TextWriter output, IReadOnlyList<string> targets, List<ComparedRow> different, SummaryOptions options, Paint paint)
    {
        Redaction redaction = options.ShowPasswords ? Redaction.None : Redaction.Of(options.Passwords);
        foreach (IGrouping<string, ComparedRow> scenario in different.GroupBy(row => row.Name.Split('#')[0]))
        {
            var written = new Dictionary<string, string>();
            foreach (ComparedRow row in scenario)
            {
                string text = string.Join(Environment.NewLine, Lines(row, targets, redaction, paint));
                if (written.TryGetValue(text, out string? first))
                {
                    output.WriteLine($"{row.Name}: as {first}");
                    continue;
                }

                written[text] = row.Name;
                output.WriteLine();
                output.WriteLine(paint.Bold(row.Name) + "  " + row.Letters);
                output.WriteLine(text);
            }
        }
    }

    /// <summary>What differs in one row, the first answer beside each other one.</summary>
    internal static IEnumerable<string> Lines(ComparedRow row, IReadOnlyList<string> targets, Redaction redaction, Paint paint)
    {
        int left = row.Letters.IndexOf('A', StringComparison.Ordinal);
        foreach (char letter in row.Letters.Distinct().Where(c => c is > 'A' and <= 'Z'))
        {
            int right = row.Letters.IndexOf(letter, StringComparison.Ordinal);
            ComparedCell one = row.Cells[left]!;
            ComparedCell other = row.Cells[right]!;
            yield return PlainText.OneLine($"  A {targets[left]} ({Words.Of(one.Verdict)})  |  {letter} {targets[right]} ({Words.Of(other.Verdict)})");
            if (one.Exchanges.Count != other.Exchanges.Count)
            {
                yield return $"  {one.Exchanges.Count} and {other.Exchanges.Count} sessions";
                continue;
            }

            (ComparedExchange First, ComparedExchange Second) pair = one.Exchanges.Zip(other.Exchanges)
                .First(p => row.Differ(p.First, p.Second, StreamName.Primary) || row.Differ(p.First, p.Second, StreamName.Aux));
            if (pair.First.ConnectError != pair.Second.ConnectError)
            {
                yield return $"  connection: {pair.First.ConnectError ?? "made"} | {pair.Second.ConnectError ?? "made"}";
            }

            foreach (StreamName name in new[] { StreamName.Primary, StreamName.Aux }.Where(name => row.Differ(pair.First, pair.Second, name)))
            {
                (ComparedStream a, ComparedStream b) = name == StreamName.Primary ? (pair.First.Primary, pair.Second.Primary) : (pair.First.Aux, pair.Second.Aux);
                foreach (string line in Stream(name, a, b, redaction, paint))
                {
                    yield return "  " + line;
                }
            }
        }
    }

    private static IEnumerable<string> Stream(StreamName name, ComparedStream a, ComparedStream b, Redaction redaction, Paint paint)
    {
        if (a.Connected != b.Connected)
        {
            yield return $"{Words.Of(name)}: {Said(a, redaction)} | {Said(b, redaction)}";
            yield break;
        }

        yield return $"{Words.Of(name)}: {Words.Count(a.Bytes.Length, "byte")}, {End(a)} | {Words.Count(b.Bytes.Length, "byte")}, {End(b)}";
        if (a.SameBytes(b))
        {
            yield return $"  the same bytes: {EscapedBytes.Quote(a.Bytes, redaction.Seen(a.Bytes))}";
            yield break;
        }

        int first = a.Bytes.AsSpan().CommonPrefixLength(b.Bytes);
        bool[] maskA = redaction.Seen(a.Bytes);
        bool[] maskB = redaction.Seen(b.Bytes);
        int from = Math.Max(0, first - Around);
        yield return $"  A {Window(a.Bytes, maskA, from, first + Around, first - 1)}";
        yield return $"  | {Window(b.Bytes, maskB, from, first + Around, first - 1)}";
        yield return "    " + paint.Red(new string(' ', (from > 0 ? 4 : 1) + EscapedBytes.Range(a.Bytes, maskA, from, first, first - 1).Length) + "^");
        foreach (string hex in HexRows.Of(a.Bytes, b.Bytes, first, maskA, maskB, "A", "the other"))
        {
            yield return "  " + (hex.StartsWith('!') ? paint.Red(hex) : hex);
        }
    }

    private static string Window(byte[] bytes, bool[] mask, int from, int to, int wide) =>
        (from > 0 ? "..." : "") + $"\"{EscapedBytes.Range(bytes, mask, from, to, wide)}\"" + (to < bytes.Length ? "..." : "");

    private static string Said(ComparedStream stream, Redaction redaction) => stream.Connected
        ? $"connected, {EscapedBytes.Quote(stream.Bytes, redaction.Seen(stream.Bytes))}, {End(stream)}"
        : "not connected";

    private static string End(ComparedStream stream) => stream.End switch
    {
        RecordedEnd.Fin => "FIN",
        RecordedEnd.Rst => "RST",
        RecordedEnd.Closed => "closed",
        RecordedEnd.Left => "the client left first",
        _ => "still open",
    };
}
