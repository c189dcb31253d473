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
        note = null;
        bool digits = captured.Length is > 0 and < 10 && captured.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (!digits)
        {
            note = $"the captured port field \"{ByteText.Escape(captured, 40)}\" is no plain number: a plain one is sent instead";
            return new ByteTemplate([new AuxPortPart(0)]);
        }

        int number = int.Parse(captured, System.Globalization.CultureInfo.InvariantCulture);
        int zeros = number > 0 ? captured.IndexOfAnyExcept((byte)'0') : 0;
        var port = new AuxPortPart(number - (number % 65536));
        return zeros == 0 ? new ByteTemplate([port]) : new ByteTemplate([new LiteralPart([.. captured[..zeros]]), port]);
    }
}
