using System.Globalization;
using System.IO.Enumeration;
using RexecConformance.Dialects;

namespace RexecConformance.Reports;

/// <summary>One table of properties and diagnostics, turned around: for each value the dialects that have it.</summary>
public static class DialectGroups
{
    /// <summary>The names of properties and of causes that match, in the order of the documentation.</summary>
    /// <param name="globs">Names, with * and ? as in file names.</param>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> globs) =>
    [
        .. PropertyCatalogue.Names.Union(PropertyCatalogue.Causes)
            .Where(name => globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false))),
    ];

    /// <summary>Writes the table as Markdown. The letter behind a dialect is its basis, as in <see cref="DialectMatrix"/>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="dialects">The dialects.</param>
    /// <param name="names">Properties and causes; one that no dialect states has no row. A name of both has the rows of both.</param>
    public static void Write(TextWriter output, IEnumerable<Dialect> dialects, IReadOnlyList<string> names)
    {
        List<Dialect> all = [.. dialects.OrderBy(d => d.Name, StringComparer.Ordinal)];
        DialectMatrix.Row(output, ["what", "is", "in"]);
        DialectMatrix.Row(output, Enumerable.Repeat("---", 3));
        foreach (string name in names)
        {
            Rows(output, $"`{name}`", all, dialect => Property(dialect, name));
            bool both = PropertyCatalogue.Names.Contains(name);
            Rows(output, both ? $"`{name}` (diagnostic)" : $"`{name}`", all, dialect => Diagnostic(dialect, name));
        }
    }

    private static void Rows(TextWriter output, string what, List<Dialect> dialects, Func<Dialect, (string Text, Basis Basis)?> said)
    {
        IEnumerable<IGrouping<string, string>> values = dialects
            .Select(dialect => (dialect.Name, Said: said(dialect)))
            .Where(one => one.Said is not null)
            .GroupBy(one => one.Said!.Value.Text, one => $"{one.Name} {DialectMatrix.Letter(one.Said!.Value.Basis)}")
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal);
        foreach (IGrouping<string, string> value in values)
        {
            DialectMatrix.Row(output, [what, value.Key, string.Join(", ", value)]);
        }
    }

    private static (string Text, Basis Basis)? Property(Dialect dialect, string name) =>
        dialect.Properties.TryGetValue(name, out DialectProperty? property) ? (DialectMatrix.Value(property.Value), property.Basis) : null;

    private static (string Text, Basis Basis)? Diagnostic(Dialect dialect, string name) =>
        dialect.Diagnostics.TryGetValue(name, out Diagnostic? diagnostic) ? (DialectMatrix.Text(diagnostic) + Time(diagnostic), diagnostic.Basis) : null;

    private static string Time(Diagnostic diagnostic) =>
        diagnostic.NotBefore is { } time && time > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $", not before {time.TotalSeconds:0.#} s") : "";
}
