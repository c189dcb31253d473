namespace Rexecd;

/// <summary>What the value of a dialect entry is.</summary>
public enum EntryKind
{
    /// <summary>Bytes sent to the client, one character a byte; <c>~</c> sends nothing.</summary>
    Text,

    /// <summary>A count of characters or bytes, or <c>unlimited</c>.</summary>
    Count,

    /// <summary>Milliseconds, or <c>none</c>.</summary>
    Milliseconds,

    /// <summary>One byte, 0 to 255, or <c>none</c>.</summary>
    Byte,

    /// <summary>One of a few words.</summary>
    Choice,
}

/// <summary>One entry of a dialect.</summary>
/// <param name="Name">Its key in a dialect file.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Value">The value as a dialect file writes it.</param>
/// <param name="Text">The bare text of a <see cref="EntryKind.Text"/> entry; null for silence and for other kinds.</param>
/// <param name="ClientVisible">Whether a client can see a change of this entry with the scripted commands and the test accounts.</param>
/// <param name="Reason">How a client causes it, or why it cannot.</param>
public sealed record DialectEntry(
    string Name, EntryKind Kind, string Value, string? Text, bool ClientVisible, string Reason);

/// <summary>The entries of a dialect.</summary>
public static class DialectEntries
{
    /// <summary>Every entry, in the order of the protocol's steps.</summary>
    public static IEnumerable<DialectEntry> Enumerate(Dialect dialect) => EntryTable.All.Select(rule =>
    {
        object? value = rule.Get(dialect);
        string? hidden = rule.Hidden(dialect);
        return new DialectEntry(
            rule.Name, rule.Kind, rule.Print(value), rule.Kind == EntryKind.Text ? (string?)value : null, hidden is null, hidden ?? rule.Cause);
    });

    /// <summary>The entries that the dialect's own file states; the others come from the file that it is based on.</summary>
    public static IEnumerable<DialectEntry> Stated(Dialect dialect) => Enumerate(dialect).Where(entry => dialect.Stated.Contains(entry.Name));

    /// <summary>The complete dialect in the format of a dialect file.</summary>
    public static string ToYaml(Dialect dialect)
    {
        var yaml = new StringWriter { NewLine = "\n" };
        yaml.WriteLine("format: 1");
        yaml.WriteLine($"dialect: {dialect.Name}");
        yaml.WriteLine($"title: {ByteText.Quote(dialect.Title)}");
        foreach (DialectEntry entry in Enumerate(dialect))
        {
            yaml.WriteLine($"{entry.Name}: {entry.Value}");
        }

        return yaml.ToString();
    }
}
