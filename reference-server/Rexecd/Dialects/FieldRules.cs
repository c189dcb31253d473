namespace Rexecd;

/// <summary>The rules of one string field of the request (facts 2.6).</summary>
public sealed class FieldRules
{
    internal FieldRules()
    {
    }

    /// <summary>Longest accepted number of characters, without the NUL; null is unlimited.</summary>
    public int? Limit { get; internal set; }

    /// <summary>
    /// Number (from 1) of the byte at which the field is too long whatever comes next, without waiting for a NUL;
    /// null is never. Classic readers fill a buffer of limit + 2 bytes.
    /// </summary>
    public int? ErrorAtByte { get; internal set; }

    /// <summary>Text of the diagnostic for a field that is too long; null sends nothing.</summary>
    public string? TooLong { get; internal set; }

    /// <summary>Text of the diagnostic for a client that ends its stream within the field; null sends nothing.</summary>
    public string? EndOfFile { get; internal set; }

    /// <summary>
    /// What is sent, byte for byte, for a field longer than <see cref="Dialect.FieldCeiling"/>: how this server runs out of memory;
    /// null sends nothing.
    /// </summary>
    public string? OverCeiling { get; internal set; }

    internal FieldRules Copy() => (FieldRules)MemberwiseClone();
}
