using RexecConformance.Baselines;
using RexecConformance.Judging;
using RexecConformance.Transcripts;

namespace RexecConformance.Comparing;

/// <summary>One variant on all targets.</summary>
public sealed class ComparedRow
{
    /// <summary>Compares.</summary>
    /// <param name="name"><c>ID#SEGMENTATION</c>.</param>
    /// <param name="cells">One for each target, null where a target has no result.</param>
    public ComparedRow(string name, IReadOnlyList<ComparedCell?> cells)
    {
        Name = name;
        Cells = cells;
        List<ComparedCell> driven = [.. cells.OfType<ComparedCell>().Where(c => c.Driven)];
        PrimaryRace = driven.Any(c => c.Exchanges.Any(e => e.Primary.End == RecordedEnd.Closed));
        AuxRace = driven.Any(c => c.Exchanges.Any(e => e.Aux.End == RecordedEnd.Closed));
        Letters = Assign();
        Groups = Letters.Where(char.IsAsciiLetterUpper).Distinct().Count();
    }

    /// <summary>The variant.</summary>
    public string Name { get; }

    /// <summary>The targets' results.</summary>
    public IReadOnlyList<ComparedCell?> Cells { get; }

    /// <summary>One character a target: targets that agree share a letter; <c>-</c> was not driven.</summary>
    public string Letters { get; }

    /// <summary>How many different answers there are.</summary>
    public int Groups { get; }

    /// <summary>Whether targets differ.</summary>
    public bool Differs => Groups > 1;

    /// <summary>An expectation takes FIN and RST for the same on the primary.</summary>
    public bool PrimaryRace { get; }

    /// <summary>The same for the auxiliary connection.</summary>
    public bool AuxRace { get; }

    /// <summary>Why dialects and deviations do not predict what is seen, or null if they do.</summary>
    public string? Unpredicted(IReadOnlyList<string> targets)
    {
        for (int i = 0; i < Cells.Count; i++)
        {
            if (Cells[i] is { IsRed: true } red)
            {
                return $"{targets[i]} is not as {red.Dialect}: {red.Reason}";
            }
        }

        for (int i = 0; i < Cells.Count; i++)
        {
            for (int j = i + 1; j < Cells.Count; j++)
            {
                if (Letters[i] != Letters[j] && Cells[i] is { Driven: true } one && Cells[j] is { Driven: true } other
                    && one.Dialect == other.Dialect && one.Verdict != Verdict.Xfail && other.Verdict != Verdict.Xfail)
                {
                    return $"{targets[i]} and {targets[j]} are both {one.Dialect}, but differ";
                }
            }
        }

        return null;
    }

    /// <summary>Whether two exchanges differ on a stream.</summary>
    public bool Differ(ComparedExchange one, ComparedExchange other, StreamName stream) => stream == StreamName.Primary
        ? one.ConnectError != other.ConnectError || one.Primary.DiffersFrom(other.Primary, PrimaryRace)
        : one.Aux.DiffersFrom(other.Aux, AuxRace);

    private string Assign()
    {
        var letters = new char[Cells.Count];
        var firsts = new List<ComparedCell>();
        for (int i = 0; i < Cells.Count; i++)
        {
            if (Cells[i] is not { Driven: true } cell)
            {
                letters[i] = '-';
                continue;
            }

            int group = firsts.FindIndex(first => Same(first, cell));
            if (group < 0)
            {
                group = firsts.Count;
                firsts.Add(cell);
            }

            letters[i] = (char)('A' + Math.Min(group, 25));
        }

        return new string(letters);
    }

    private bool Same(ComparedCell one, ComparedCell other) =>
        one.Exchanges.Count == other.Exchanges.Count
        && one.Exchanges.Zip(other.Exchanges).All(pair =>
            !Differ(pair.First, pair.Second, StreamName.Primary) && !Differ(pair.First, pair.Second, StreamName.Aux));
}
