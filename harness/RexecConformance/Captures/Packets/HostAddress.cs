using System.Buffers.Binary;
using System.Net;

namespace RexecConformance.Captures.Packets;

/// <summary>An IPv4 or IPv6 address as a value without allocations: each packet has two.</summary>
public readonly record struct HostAddress(UInt128 Bits, bool IsV6) : IComparable<HostAddress>
{
    internal static HostAddress V4(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);

    internal static HostAddress V6(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), true);

    /// <summary>Any fixed order; no meaning.</summary>
    public int CompareTo(HostAddress other) => IsV6 == other.IsV6 ? Bits.CompareTo(other.Bits) : IsV6.CompareTo(other.IsV6);

    /// <summary>The usual text of an address.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(IsV6 ? bytes : bytes[12..]).ToString();
    }
}

/// <summary>An address and a TCP port.</summary>
public readonly record struct HostPort(HostAddress Host, int Port) : IComparable<HostPort>
{
    /// <summary>Any fixed order; no meaning.</summary>
    public int CompareTo(HostPort other) => Host.CompareTo(other.Host) is var order and not 0 ? order : Port.CompareTo(other.Port);

    /// <summary><c>127.0.0.1:512</c> or <c>[::1]:512</c>.</summary>
    public override string ToString() => Host.IsV6 ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
