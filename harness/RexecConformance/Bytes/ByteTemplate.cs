using System.Globalization;

namespace RexecConformance.Bytes;

/// <summary>A byte string of a data file, with the places that are filled in for a target and a dialect.</summary>
public sealed record ByteTemplate(IReadOnlyList<BytePart> Parts)
{
    /// <summary>No bytes.</summary>
    public static ByteTemplate Empty { get; } = new([]);

    /// <summary>True if the number of the aux port is part of it: the request asks for an auxiliary connection.</summary>
    public bool UsesAuxPort => Parts.Any(part => part is AuxPortPart);

    /// <summary>The account keys that it names.</summary>
    public IEnumerable<string> Accounts => Parts.OfType<AccountPart>().Select(part => part.Account);

    /// <summary>Two byte strings, joined.</summary>
    public ByteTemplate Then(ByteTemplate next) => new([.. Parts, .. next.Parts]);

    /// <summary>All bytes, with the places filled in.</summary>
    /// <exception cref="KeyNotFoundException">A place names something that the context lacks.</exception>
    public byte[] Resolve(IByteContext context)
    {
        using var bytes = new MemoryStream();
        foreach (BytePart part in Parts)
        {
            bytes.Write(part.Resolve(context));
        }

        return bytes.ToArray();
    }
}

/// <summary>What the places in a byte string stand for.</summary>
public interface IByteContext
{
    /// <summary>An attribute (name, password, home, shell, uid) of one of the target's accounts.</summary>
    byte[] Account(string account, string attribute);

    /// <summary>The port that the client listens on for the auxiliary connection.</summary>
    int AuxPort { get; }

    /// <summary>The longest command that the target's system takes, in characters, or null if it is not stated.</summary>
    int? ArgumentList { get; }
}

/// <summary>A piece of a byte string.</summary>
public abstract record BytePart
{
    /// <summary>The bytes of this piece.</summary>
    public abstract byte[] Resolve(IByteContext context);
}

/// <summary>Bytes as they are.</summary>
public sealed record LiteralPart(byte[] Bytes) : BytePart
{
    /// <inheritdoc/>
    public override byte[] Resolve(IByteContext context) => Bytes;
}

/// <summary><c>${good.name}</c>.</summary>
public sealed record AccountPart(string Account, string Attribute) : BytePart
{
    /// <inheritdoc/>
    public override byte[] Resolve(IByteContext context) => context.Account(Account, Attribute);
}

/// <summary><c>${aux.port}</c> or <c>${aux.port+65536}</c>.</summary>
/// <param name="Plus">What is added: 0 or more, of at most <see cref="MostDigits"/> digits.</param>
public sealed record AuxPortPart(long Plus) : BytePart
{
    /// <summary>Most digits of <see cref="Plus"/>: the sum fits into 64 bits.</summary>
    public const int MostDigits = 18;

    /// <inheritdoc/>
    public override byte[] Resolve(IByteContext context) =>
        ByteText.Latin1.GetBytes((context.AuxPort + Plus).ToString(CultureInfo.InvariantCulture));
}

/// <summary><c>{ repeat: "x", times: argument-list+1 }</c>: as often as the target's argument list is long, and some more or less.</summary>
public sealed record RepeatToLimitPart(byte[] Unit, int Plus) : BytePart
{
    /// <inheritdoc/>
    public override byte[] Resolve(IByteContext context)
    {
        int limit = context.ArgumentList ?? throw new KeyNotFoundException("the target does not state its argument list");
        int times = Math.Clamp(limit + Plus, 0, ByteTemplateReader.MaxBytes / Math.Max(1, Unit.Length));
        byte[] all = new byte[Unit.Length * times];
        for (int i = 0; i < times; i++)
        {
            Unit.CopyTo(all, i * Unit.Length);
        }

        return all;
    }
}

/// <summary><c>${diagnostic.unknown-user}</c>, only in expectations: replaced when the dialect is known.</summary>
public sealed record DiagnosticPart(string Name) : BytePart
{
    /// <inheritdoc/>
    public override byte[] Resolve(IByteContext context) =>
        throw new InvalidOperationException($"the diagnostic {Name} is filled in by its dialect");
}

/// <summary>The text of an operation (<c>command: { operation: write-both }</c>): the target's shell knows it.</summary>
public sealed record OperationPart(string Name) : BytePart
{
    /// <inheritdoc/>
    public override byte[] Resolve(IByteContext context) =>
        throw new InvalidOperationException($"the operation {Name} is filled in by the target's shell");
}
