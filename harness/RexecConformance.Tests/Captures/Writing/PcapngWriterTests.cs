using System.Buffers.Binary;
using System.Text;
using RexecConformance.Captures.Writing;

namespace RexecConformance.Tests.Captures.Writing;

public sealed class PcapngWriterTests
{
    [Fact]
    public void Every_block_is_one_write_and_says_its_length_twice()
    {
        var writes = new Writes();
        var writer = new PcapngWriter(writes);
        writer.Begin("about", "name", "what");
        writer.Write(new SyntheticPacket(1_700_000_000_123_456_789, [0x45, 1, 2, 3, 4], false, ["one", "two"]));
        Assert.Equal(3, writes.All.Count);
        foreach (byte[] block in writes.All)
        {
            Assert.Equal((uint)block.Length, BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(4)));
            Assert.Equal((uint)block.Length, BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(block.Length - 4)));
            Assert.Equal(0, block.Length % 4);
        }

        Assert.Equal(new byte[] { 0x0a, 0x0d, 0x0d, 0x0a }, writes.All[0][..4]);
        byte[] packet = writes.All[2];
        ulong time = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(12)) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(16));
        Assert.Equal(1_700_000_000_123_456_789UL, time);
        Assert.Equal(5u, BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(20)));
    }

    [Fact]
    public void With_pages_no_write_crosses_one()
    {
        const int Page = 4096;
        var random = new Random(1);
        var writes = new Writes();
        var writer = new PcapngWriter(writes, Page);
        writer.Begin("about", "name", "what");
        for (int i = 0; i < 5000; i++)
        {
            writer.Write(new SyntheticPacket(i, new byte[random.Next(1, 3500)], false, random.Next(3) == 0 ? [new string('x', random.Next(300))] : []));
        }

        long at = 0;
        foreach (byte[] block in writes.All)
        {
            Assert.Equal(at / Page, (at + block.Length - 1) / Page);
            Assert.Equal((uint)block.Length, BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(4)));
            Assert.Equal((uint)block.Length, BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(block.Length - 4)));
            at += block.Length;
        }

        Assert.Equal(at, writer.Length);
        Assert.Throws<ArgumentException>(() => writer.Write(new SyntheticPacket(0, new byte[Page], false, [])));
    }

    [Theory]
    [InlineData("plain é\n", "plain é\n")]
    [InlineData("a\0b\u0007c\u001b", "a\ufffdb\ufffdc\ufffd")]
    public void Comments_are_clean_text(string text, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(OptionText.Encode(text)));

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(OptionText.Encode("a" + (char)0xd800 + "b")));

    [Fact]
    public void A_comment_that_is_too_long_is_cut_between_characters()
    {
        for (int extra = 0; extra < 4; extra++)
        {
            byte[] bytes = OptionText.Encode(new string('x', extra) + new string('€', 30_000));
            Assert.InRange(bytes.Length, OptionText.Largest - 3, OptionText.Largest);
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            Assert.EndsWith("€ [...]", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void File_names_are_safe_and_never_alike()
    {
        string[] targets = ["reference:debian", "reference-debian", "inetd:/usr/sbin/in.rexecd -l", "tcp:[::1]:512", "TCP:[::1]:512", new string('/', 500) + new string('a', 300), "..", "con"];
        string[] names = [.. targets.SelectMany(target => new[] { "whole", "per-byte", new string('v', 300) }.Select(variant => CaptureFileName.Of(target, "debian", "an-id", variant)))];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name =>
        {
            Assert.InRange(name.Length, 1, CaptureFileName.Largest);
            Assert.Matches("^[a-z0-9_][a-z0-9._-]*\\.pcapng$", name);
            Assert.Contains("an-id", name, StringComparison.Ordinal);
        });
        Assert.NotEqual(CaptureFileName.Of("a", "x", "i", "v"), CaptureFileName.Of("a", "y", "i", "v"));
    }

    private sealed class Writes : MemoryStream
    {
        public List<byte[]> All { get; } = [];

        public override void Write(ReadOnlySpan<byte> buffer) => All.Add(buffer.ToArray());
    }
}
