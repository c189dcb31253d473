using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Reports;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>All that servers of any dialect say when they refuse, so that it can be called by its name.</summary>
public sealed class Vocabulary
{
    // The forms of texts that documents leave open would take any text at all: they are their own dialect's.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = [];
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>Collects the diagnostics of dialects.</summary>
    public Vocabulary(IEnumerable<Dialect> dialects)
    {
        var context = new AccountContext(AccountFile.Default);
        foreach (Dialect dialect in dialects)
        {
            string terminator = dialect.Properties.TryGetValue("diagnostic-terminator", out DialectProperty? property) ? property.Value : "\n";
            foreach (Diagnostic diagnostic in dialect.Diagnostics.Values.OrderBy(d => d.Name, StringComparer.Ordinal))
            {
                Add(dialect, diagnostic, terminator, context);
            }
        }
    }

    /// <summary>The name of a whole reply that is a known diagnostic, or null: the slug of its text.</summary>
    public string? Name(ReadOnlySpan<byte> reply) =>
        reply.Length is > 0 and < 200 && _names.TryGetValue(ByteText.Latin1.GetString(reply), out string? name) ? name : null;

    /// <summary>Whether some dialect says a text; how a text ends is its dialect's own affair.</summary>
    public bool Says(string text) => _texts.Contains(text);

    /// <summary>Whether some dialect says a text that begins so: what a client sees that leaves before the rest has come.</summary>
    public bool Begins(string beginning) => _texts.Any(text => text.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Whether the documents of a dialect leave the texts open.</summary>
    public bool TextsAreOpen(string dialect) => _open.Contains(dialect);

    private void Add(Dialect dialect, Diagnostic diagnostic, string terminator, AccountContext context)
    {
        switch (diagnostic.Form)
        {
            case DiagnosticForm.Text:
                string text = ByteText.Latin1.GetString(diagnostic.Content.Resolve(context));
                _ = _texts.Add(text);
                _ = _names.TryAdd("\x1" + text + terminator, Slug.Of(text));
                break;
            case DiagnosticForm.Bytes:
                string bytes = ByteText.Latin1.GetString(diagnostic.Content.Resolve(context));
                _ = _names.TryAdd(bytes, Slug.Of(bytes));
                break;
            case DiagnosticForm.Any or DiagnosticForm.Pattern:
                _ = _open.Add(dialect.Name);
                break;
            default:
                break;
        }
    }
}
