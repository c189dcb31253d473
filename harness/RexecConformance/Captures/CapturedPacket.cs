namespace RexecConformance.Captures;

/// <summary>One record of a capture. The data is valid until the next read only.</summary>
public readonly ref struct CapturedPacket
{
    /// <summary>Place in the file, from 1, as other tools number frames.</summary>
    public required int Number { get; init; }

    /// <summary>Bytes from the start of the file to the start of the record.</summary>
    public required long FileOffset { get; init; }

    /// <summary>Time of capture: nanoseconds since 1970-01-01 UTC.</summary>
    public required long Nanoseconds { get; init; }

    /// <summary>The LINKTYPE_ number of the interface that it came from.</summary>
    public required int LinkType { get; init; }

    /// <summary>Bytes of the packet that were on the wire and are not in the file (a snap length); 0 when it is whole.</summary>
    public required int MissingBytes { get; init; }

    /// <summary>The captured bytes, from the link layer header on.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }
}
