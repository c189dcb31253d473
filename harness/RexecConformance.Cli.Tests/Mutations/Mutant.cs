using Rexecd;

namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>A dialect with one entry changed.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Value">Its new value, as a dialect file writes it.</param>
/// <param name="Text">For a text that is sent: what a client must find among the received bytes; null for all else.</param>
internal sealed record Mutant(string Dialect, string Entry, string Value, string? Text)
{
    // The choices of docs/rexecd.md.
    private static readonly string[][] s_choices =
    [
        ["signed-char", "unsigned-char"], ["after-port", "after-login", "never", "never-answers"], ["primary", "stderr"], ["allowed", "refused"],
        ["before-status", "after-status"], ["with-aux", "never", "always"], ["relay", "descriptor", "relay-lost", "relay-until-input", "nowhere"],
        ["together", "flag-apart"], ["diagnostic", "default", "diagnostic-then-default"], ["account", "environment"], ["unneeded", "required"],
        ["port", "request"], ["user", "root"], ["close", "endless", "go-on"], ["distinct", "ignored"], ["enforced", "answered", "skipped"], ["end-of-input", "ends-session"],
    ];

    /// <summary><c>dialect entry: value</c>.</summary>
    public string Name => $"{Dialect} {Entry}: {Value}";

    /// <summary>Whether a case of a minute is needed to tell; if the time-out is shorter now, it ends as soon as that shows.</summary>
    public bool NeedsSlow => Entry.EndsWith("time-out-ms", StringComparison.Ordinal) || Entry == "port.time-out-covers";

    /// <summary>Whether the case takes its whole minute: the time-out never comes, or comes at the end of it.</summary>
    public bool Slow => NeedsSlow && (Value == "none" || Entry == "port.time-out-covers");

    /// <summary>All mutants of the entries of all dialects that a client can see; what a dialect takes from its base has mutants there.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
        [.. Rexecd.Dialect.Names.SelectMany(name => DialectEntries.Stated(Rexecd.Dialect.Load(name))
            .Where(entry => entry.ClientVisible)
            .SelectMany(entry => Values(entry).Where(v => v.Value != entry.Value).Select(v => new Mutant(name, entry.Name, v.Value, v.Text))))];

    private static IEnumerable<(string Value, string? Text)> Values(DialectEntry entry) => entry.Kind switch
    {
        EntryKind.Text => Texts(entry),
        EntryKind.Count => Counts(entry).Select(value => (value, (string?)null)),
        EntryKind.Milliseconds => Times(entry).Select(value => (value, (string?)null)),
        EntryKind.Byte => new[] { "none", "0", "1", "2" }.Where(value => value != entry.Value).Select(value => (value, (string?)null)),
        _ => Choices(entry).Select(value => (value, (string?)null)),
    };

    private static IEnumerable<(string Value, string? Text)> Texts(DialectEntry entry) => (entry.Name, entry.Text) switch
    {
        (_, null) => [("\"x\"", "x")],
        ("shell.failed", { } text) when text.Contains(": ", StringComparison.Ordinal) => [(Quote(text.Replace(": ", ":_", StringComparison.Ordinal)), ":_"), ("~", null)],
        ("home.default", { } text) => [(Quote(text + "!"), text + "!")],
        ("diagnostic.terminator", _) => [("\"\\r\"", "\r"), ("\"\"", null), ("\"\\n\\n\"", "\n\n")],
        (_, { } text) => [(Quote(text[..^1] + "!"), text[..^1] + "!"), ("~", null)],
    };

    private static string[] Counts(DialectEntry entry)
    {
        // For a command that has no limit the number is the length that no shell takes, or one less.
        if (entry.Value == "unlimited")
        {
            return entry.Name == "command.limit" ? ["131071"] : ["131072"];
        }

        int number = int.Parse(entry.Value);
        return [$"{number - 1}", $"{number + 1}"];
    }

    private static string[] Times(DialectEntry entry) => entry.Value switch
    {
        "none" => ["300"],
        "0" => ["8000"],
        "60000" => ["1000", "none"],
        _ => ["0", "20000"],
    };

    private static IEnumerable<string> Choices(DialectEntry entry) => s_choices.Where(set => set.Contains(entry.Value) && Fits(entry, set))
        .SelectMany(set => set).Where(value => value != entry.Value).Distinct();

    // "never" stands in two sets.
    private static bool Fits(DialectEntry entry, string[] set) => entry.Value != "never" || set.Contains("with-aux") == entry.Name.StartsWith("fork", StringComparison.Ordinal);

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n") + "\"";
}
