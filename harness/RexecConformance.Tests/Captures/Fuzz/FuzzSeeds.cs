using RexecConformance.Captures.Packets;

namespace RexecConformance.Tests.Captures.Fuzz;

/// <summary>Small sound captures of all formats and link layers, where no shared ones are at hand.</summary>
internal static class FuzzSeeds
{
    public static IEnumerable<byte[]> All
    {
        get
        {
            byte[] session = new PcapBuilder().Handshake().FromClient(1, 1, "5000\0u\0p\0c\0").Handshake(PcapBuilder.Server, 40000, 5000).FromServer(1, 12, "\0out\n", TcpFlags.Fin | TcpFlags.Ack).ToArray();
            yield return session;
            yield return CaptureMutator.Pack(session);
            // Other link types, over the same packets: the decoder is asked to make something of it.
            foreach (var row in PacketTests.LinkHeaders)
            {
                yield return new PcapBuilder((int)row[0]).Frame([.. Convert.FromHexString(((string)row[1]).Replace(" ", "")), .. Ip]).ToArray();
            }

            foreach (var bigEndian in new[] { false, true })
            {
                var file = new PcapngBuilder().Section(bigEndian);
                file.Interface(101, 0, file.Option(9, 0x8a), file.OffsetOption(7), file.Option(2, [.. "lo"u8])).Interface(101, 60)
                    .Enhanced(Ip, 99, options: [file.Comment("a comment")]).Obsolete(Ip, 100, 1).Simple(Ip).Block(5, new byte[8]).Section(!bigEndian).Interface().Enhanced(Ip);
                yield return file.ToArray();
            }

            yield return new PcapBuilder().Frame(Fragment(0, 24, 1)).Frame(Fragment(24, 16, 1)).Frame(Fragment(0, 24, 2)).Frame(Fragment(40, 2, 1)).ToArray();
        }
    }

    private static byte[] Ip => PcapBuilder.Ip(PcapBuilder.Client, 1023, 512, 1, 1, TcpFlags.Ack, "some text of 22 bytes.");

    private static byte[] Fragment(int offset, int length, byte id)
    {
        var last = offset + length == Ip.Length - 20;
        byte[] fragment = [.. Ip[..20], .. Ip[(20 + offset)..(20 + offset + length)]];
        (fragment[3], fragment[5], fragment[6], fragment[7]) = ((byte)fragment.Length, id, (byte)(last ? 0 : 0x20), (byte)(offset / 8));
        return fragment;
    }
}
