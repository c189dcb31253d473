namespace Rexecd.Tests;

public class DialectFileTests
{
    public static TheoryData<string> Dialects => [.. Dialect.Names];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Printed_dialect_is_a_dialect_file_of_every_entry(string name)
    {
        Dialect dialect = Dialect.Load(name);
        string printed = DialectEntries.ToYaml(dialect);
        foreach (string other in Dialect.Names)
        {
            Dialect copy = Dialect.Load(other).WithYaml(printed.Replace($"dialect: {name}\n", ""));
            Assert.Equal(DialectEntries.Enumerate(dialect), DialectEntries.Enumerate(copy));
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Each_text_can_be_changed_alone(string name)
    {
        Dialect dialect = Dialect.Load(name);
        foreach (DialectEntry entry in DialectEntries.Enumerate(dialect).Where(e => e.Kind == EntryKind.Text))
        {
            Dialect changed = dialect.With(entry.Name, ByteText.Quote(entry.Text + "\u00ff\0"));
            DialectEntry difference = Assert.Single(DialectEntries.Enumerate(changed), e => e.Value != Value(dialect, e.Name));
            Assert.Equal(entry.Text + "\u00ff\0", difference.Text);
        }
    }

    [Theory]
    [InlineData("diagnostics: 1", "1:1: unknown entry 'diagnostics'")]
    [InlineData("format: 1\ncommand.limit: many", "2:16: command.limit: 'many' is not valid, a number up to 2147483647, or unlimited, expected")]
    [InlineData("command.limit: -1", "1:16: command.limit: '-1' is not valid")]
    [InlineData("status.byte: 256", "1:14: status.byte: '256' is not valid, a number up to 255, or none, expected")]
    [InlineData("status.stream: third", "1:16: status.stream: 'third' is not valid, one of primary | stderr expected")]
    [InlineData("status.stream: Primary", "1:16: status.stream: 'Primary' is not valid")]
    [InlineData("login.unknown-user: \"\\u0100\"", "1:21: login.unknown-user: ")]
    [InlineData("diagnostic.terminator: ~", "1:24: diagnostic.terminator: '~' is not valid, a text expected")]
    [InlineData("login.root: [allowed]", "1:13: login.root: one value expected")]
    [InlineData("base: debian", "1:1: unknown entry 'base'")]
    [InlineData("format: 2", "1:9: format: only 1 is known")]
    [InlineData("dialect: debian", "1:10: dialect: this file is for 'debian', not for 'bsd44'")]
    [InlineData("- a", "1:1: a mapping (key: value) expected")]
    [InlineData("status.byte: 0\nstatus.byte: 1", ":2:1: ")]
    [InlineData("status.byte: \"0", ":1:")]
    public void Errors_are_one_line_with_the_position(string yaml, string message)
    {
        using var file = new TemporaryFile(yaml);
        FileFormatException error = Assert.Throws<FileFormatException>(() => Dialect.Load("bsd44", file.Path));
        Assert.StartsWith(file.Path + ":", error.Message);
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("bsd42", "command.limit command.error-at-byte shell.path shell.root-path")]
    [InlineData("openbsd", "aux.connect aux.low-port login.unknown-user login.bad-password login.root-refused home.as")]
    public void Dialect_states_what_differs_from_its_base(string name, string entries) =>
        Assert.Equal(entries, string.Join(' ', DialectEntries.Stated(Dialect.Load(name)).Select(e => e.Name)));

    [Fact]
    public void Dialect_without_base_states_all() =>
        Assert.Equal(DialectEntries.Enumerate(Dialect.Load("bsd44")), DialectEntries.Stated(Dialect.Load("bsd44")));

    [Fact]
    public void Tilde_is_silence_and_quoted_tilde_a_text()
    {
        Assert.Null(Dialect.Load("bsd44").With("login.unknown-user", "~").UnknownUser);
        Assert.Equal("~", Dialect.Load("bsd44").With("login.unknown-user", "\"~\"").UnknownUser);
    }

    [Fact]
    public void Override_leaves_the_built_in_dialect_alone()
    {
        _ = Dialect.Load("bsd44").With("username.limit", "3");
        Assert.Equal(14, Dialect.Load("bsd44").Username.Limit);
    }

    [Fact]
    public void Unknown_dialect_names_those_that_are_known() =>
        Assert.Contains("bsd44, debian", Assert.Throws<FileFormatException>(() => Dialect.Load("bsd45")).Message);

    private static string Value(Dialect dialect, string name) => DialectEntries.Enumerate(dialect).Single(e => e.Name == name).Value;
}
