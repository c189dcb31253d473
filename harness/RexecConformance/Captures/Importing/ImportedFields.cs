using RexecConformance.Bytes;

namespace RexecConformance.Captures.Importing;

/// <summary>What is sent in the place of each captured field.</summary>
internal sealed class ImportedFields
{
    private readonly Dictionary<string, ByteTemplate> _instead = [];

    /// <summary>A field that is sent as something else than it was captured.</summary>
    public void Replace(string field, ByteTemplate instead) => _instead[field] = instead;

    /// <summary>The text of a field, its NUL not included.</summary>
    public ByteTemplate Text(RequestField field) => _instead.GetValueOrDefault(field.Name) ?? Literal(field.Bytes.Span);

    /// <summary>Bytes as they are.</summary>
    public static ByteTemplate Literal(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? ByteTemplate.Empty : new ByteTemplate([new LiteralPart(bytes.ToArray())]);

    /// <summary>A name or password of an account.</summary>
    public static ByteTemplate OfAccount(string key, string attribute) => new([new AccountPart(key, attribute)]);

    /// <summary>The port of our own listener in the form of the captured one: leading zeros and multiples of 65536 stay.</summary>
    public static ByteTemplate Port(ReadOnlySpan<byte> captured, out string? note)
    {
        PortForm form = PortField.Form(captured, out note);
        return Literal(captured[..form.LeadingZeros]).Then(new ByteTemplate([new AuxPortPart(form.Plus)]));
    }
}
