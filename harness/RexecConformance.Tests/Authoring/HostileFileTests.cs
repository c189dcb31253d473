using RexecConformance.Bytes;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Authoring;

/// <summary>A data file that no person wrote is one mistake with its place, and never ends the process.</summary>
[Trait("needs", "nothing")]
public sealed class HostileFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The stack of a process is full after some ten thousand.
    [Theory]
    [InlineData("- ", 1, 129)]
    [InlineData("? ", 1, 129)]
    [InlineData("[", 1, 65)]
    [InlineData("{a: ", 1, 257)]
    public void Nested_deeply(string one, int line, int column)
    {
        Problem problem = Assert.Single(Read(string.Concat(Enumerable.Repeat(one, 100_000)) + "a\n"));
        Assert.Equal((line, column, "lists and mappings are nested more than 64 deep"), (problem.Line, problem.Column, problem.Text));
    }

    [Fact]
    public void Brackets_in_quotes_and_comments_are_not_nested() =>
        Assert.Empty(Read($"# {new string('[', 100)}\nformat: \"{new string('{', 100)}\"\n"));

    [Fact]
    public void An_anchor_that_is_not_there_has_its_place()
    {
        Problem problem = Assert.Single(Read("format: 1\ntitle: *none\n"));
        Assert.Equal((2, 8), (problem.Line, problem.Column));
        Assert.Empty(Read("a: &x format\nb: *x\n"));
    }

    [Fact]
    public void A_bracket_that_is_not_closed_is_a_mistake_of_the_file()
    {
        Problem problem = Assert.Single(Read("format: 1\naccounts:\n  good: { name: a, password: b\n  victim: { name: v, password: c }\n"));
        Assert.InRange(problem.Line, 3, 4);
        Assert.StartsWith("is not valid YAML", problem.Text);
    }

    // Every place of a file with something taken out, put in, or cut off: none may end the process.
    [Fact]
    public void Whatever_is_typed_wrongly()
    {
        const string Text = "# c\nformat: 1\nid: &a x\ntags: [one, \"t\\x41\"]\nsend:\n  - port: '0'\n  - { username: *a, b: {c: d} }\nnotes: >-\n  long\n  text\n? [k]\n: v\n";
        for (int i = 0; i < Text.Length; i++)
        {
            _ = Read(Text.Remove(i, 1));
            _ = Read(Text[..i]);
            foreach (char c in "{}[]\"'&*!|>%@`?:-,#\t\n\\\0")
            {
                _ = Read(Text.Insert(i, c.ToString()));
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_not_read_as_others()
    {
        string file = Path.Combine(_folder, "a.yaml");
        File.WriteAllBytes(file, [.. "format: 1\ntitle: \u65e5x"u8, 0xe9, .. "y\n"u8]);
        var problems = new List<Problem>();
        Assert.Null(SourceFile.Read(file, problems).Root);
        Problem problem = Assert.Single(problems);
        Assert.Equal((2, 10), (problem.Line, problem.Column));
        Assert.StartsWith("the byte 0xe9 here is no UTF-8: ", problem.Text);
        Assert.Equal(2, problem.Excerpt().Count);
    }

    [Fact]
    public void A_mark_of_the_byte_order_is_none()
    {
        string file = Path.Combine(_folder, "a.yaml");
        File.WriteAllBytes(file, [0xef, 0xbb, 0xbf, .. "format: 1\n"u8]);
        var problems = new List<Problem>();
        Assert.NotNull(SourceFile.Read(file, problems).Root);
        Assert.Empty(problems);
    }

    [Fact]
    public void A_line_of_megabytes_is_not_shown()
    {
        string file = Path.Combine(_folder, "a.yaml");
        File.WriteAllText(file, "format: 1\npassword: x" + new string(' ', 1_000_000) + "y\n");
        Assert.Empty(new Problem(file, 1, 1, "") { Placed = true }.Excerpt());
    }

    [Fact]
    public void A_diagnostic_that_no_dialect_can_have_is_named()
    {
        var problems = new List<Problem>();
        SourceFile file = SourceFile.Parse("a", "\"${diagnostic.no-hom}\"", problems);
        _ = ByteTemplateReader.Read(file, file.Root!, inExpectation: true);
        Assert.EndsWith("did you mean 'no-home'?", Assert.Single(problems).Text);
    }

    private static List<Problem> Read(string text)
    {
        var problems = new List<Problem>();
        _ = SourceFile.Parse("a.yaml", text, problems);
        return problems;
    }
}
