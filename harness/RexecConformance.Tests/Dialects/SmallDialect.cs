using RexecConformance.Dialects;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Dialects;

/// <summary>Dialects written in a few lines, read as the files are.</summary>
internal static class SmallDialect
{
    public const string Head = "format: 1\ndialect: small\ntitle: Small\nsources: { it: \"the test\" }\n";

    /// <summary>A dialect of properties (<c>name=value</c>) and diagnostics (name and YAML of the form).</summary>
    public static Dialect Of(string[] properties, params (string Cause, string Form)[] diagnostics)
    {
        var problems = new List<Problem>();
        Dialect? dialect = Read(
            string.Concat(properties.Select(p => p.Split('=')).Select(p => $"  {p[0]}: {{ value: \"{p[1]}\", basis: documented, source: it, place: here }}\n")),
            string.Concat(diagnostics.Select(d => $"  {d.Cause}: {{ {d.Form}, basis: documented, source: it, place: here }}\n")),
            problems);
        Assert.Empty(problems);
        return dialect!;
    }

    /// <summary>Reads a dialect with these lines below <c>properties</c> and <c>diagnostics</c>.</summary>
    public static Dialect? Read(string properties, string diagnostics, List<Problem> problems) => DialectReader.Read(SourceFile.Parse(
        "small.yaml", Head + (properties == "" ? "properties: {}\n" : "properties:\n" + properties) + (diagnostics == "" ? "" : "diagnostics:\n" + diagnostics), problems));
}
