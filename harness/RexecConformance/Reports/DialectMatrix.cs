using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Reports;

/// <summary>The matrix of dialects by properties and diagnostics, with the basis of each cell (docs/dialects.md).</summary>
public static class DialectMatrix
{
    // More columns than these don't fit a screen: the table goes on below.
    private const int Columns = 7;

    /// <summary>Writes it as Markdown.</summary>
    public static void Write(TextWriter output, ScenarioTree tree)
    {
        List<Dialect> dialects = [.. tree.Dialects.Values.OrderBy(d => d.Name, StringComparer.Ordinal)];
        output.WriteLine("# Dialects");
        output.WriteLine();
        output.WriteLine("Written by `rexec-conformance dialects` from `scenarios/dialects/`; do not edit. What the names mean: `scenario-format.md`.");
        output.WriteLine();
        output.WriteLine("The letter is the basis: **D** documented (a manual says so), **S** source (public code does so), **O** observed (a running");
        output.WriteLine("daemon did so), **I** inferred (from what is said elsewhere). An empty cell: the dialect's sources say nothing.");
        output.WriteLine();
        foreach (Dialect dialect in dialects)
        {
            output.WriteLine($"- [`{dialect.Name}`](#{dialect.Name}): {Cell(dialect.Title)}");
        }

        Tables(output, "Properties", "property", dialects, PropertyCatalogue.Names, (dialect, name) =>
            dialect.Properties.TryGetValue(name, out DialectProperty? property) ? $"{Value(property.Value)} {Letter(property.Basis)}" : "");
        Tables(output, "Diagnostics", "cause", dialects, PropertyCatalogue.Causes, (dialect, name) =>
            dialect.Diagnostics.TryGetValue(name, out Diagnostic? diagnostic) ? $"{Text(diagnostic)} {Letter(diagnostic.Basis)}" : "");
        foreach (Dialect dialect in dialects)
        {
            Evidence(output, dialect);
        }
    }

    private static void Tables(
        TextWriter output, string title, string first, List<Dialect> dialects, IEnumerable<string> names, Func<Dialect, string, string> cell)
    {
        output.WriteLine();
        output.WriteLine($"## {title}");
        foreach (Dialect[] columns in dialects.Chunk(Columns))
        {
            output.WriteLine();
            Row(output, [first, .. columns.Select(d => d.Name)]);
            Row(output, Enumerable.Repeat("---", columns.Length + 1));
            foreach (string name in names)
            {
                string[] cells = [.. columns.Select(dialect => cell(dialect, name))];
                if (columns.Length == dialects.Count || cells.Any(text => text.Length > 0))
                {
                    Row(output, [name, .. cells]);
                }
            }
        }
    }

    private static void Evidence(TextWriter output, Dialect dialect)
    {
        output.WriteLine();
        output.WriteLine($"## {dialect.Name}");
        output.WriteLine();
        output.WriteLine($"{Cell(dialect.Title)}.");
        output.WriteLine();
        Row(output, ["entry", "basis", "source", "place", "note"]);
        Row(output, Enumerable.Repeat("---", 5));
        IEnumerable<(string Name, Basis Basis)> entries = PropertyCatalogue.Names
            .Where(dialect.Properties.ContainsKey).Select(name => (name, dialect.Properties[name].Basis))
            .Concat(PropertyCatalogue.Causes
                .Where(dialect.Diagnostics.ContainsKey).Select(name => ("diagnostic " + name, dialect.Diagnostics[name].Basis)));
        foreach ((string name, Basis basis) in entries)
        {
            Row(output, [name, basis.Kind.ToString().ToLowerInvariant(), Cell(basis.Source), Cell(basis.Place ?? ""), Cell(basis.Note ?? "")]);
        }
    }

    internal static void Row(TextWriter output, IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");

    internal static string Letter(Basis basis) => $"**{basis.Kind.ToString()[0]}**";

    internal static string Value(string value) => value.Length == 0 || value.Any(char.IsControl) ? Code(EscapedBytes.Quote(Bytes.ByteText.Latin1.GetBytes(value))) : Cell(value);

    internal static string Text(Diagnostic diagnostic) => diagnostic.Form switch
    {
        DiagnosticForm.Silent => "silence",
        DiagnosticForm.Any => "any text",
        DiagnosticForm.Pattern => (diagnostic.Flag ? "matches " : "without flag, matches ") + Code(diagnostic.Pattern!),
        DiagnosticForm.Bytes => "without flag, " + Code(Quoted(diagnostic)),
        _ => Code(Quoted(diagnostic)),
    };

    private static string Quoted(Diagnostic diagnostic) =>
        string.Concat(diagnostic.Content.Parts.Select(part => part is Bytes.LiteralPart literal ? EscapedBytes.Quote(literal.Bytes) : $"<{part}>"));

    // A bar ends a cell, also within code.
    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Cell(string text) => PlainText.OneLine(text).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
