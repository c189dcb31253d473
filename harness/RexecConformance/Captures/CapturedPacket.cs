using RexecConformance.Captures.Pcapng;

namespace RexecConformance.Captures;

/// <summary>One record of a capture. The data is valid until the next read only.</summary>
public readonly ref struct CapturedPacket
{
    /// <summary>Place in the file, from 1, as other tools number frames.</summary>
    public required int Number { get; init; }

    /// <summary>Bytes from the start of the file to the start of the record; of the unpacked file where it is packed.</summary>
    public required long FileOffset { get; init; }

    /// <summary>Time of capture: nanoseconds since 1970-01-01 UTC; 0 where the record has no time (a simple packet block).</summary>
    public required long Nanoseconds { get; init; }

    /// <summary>The LINKTYPE_ number of the interface that it came from.</summary>
    public required int LinkType { get; init; }

    /// <summary>Bytes of the packet that were on the wire and are not in the file (a snap length); 0 when it is whole.</summary>
    public required int MissingBytes { get; init; }

    /// <summary>The captured bytes, from the link layer header on.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>The interface that it came from, where the file names it (<c>if_name</c>); at most 64 characters.</summary>
    public string? Interface { get; init; }

    /// <summary>The record's options as they are in the file; empty for formats without options.</summary>
    internal PcapngOptions Options { get; init; }

    /// <summary>The record's comments (<c>opt_comment</c>), read when asked for.</summary>
    public IReadOnlyList<string> Comments() => Options.Comments();
}
