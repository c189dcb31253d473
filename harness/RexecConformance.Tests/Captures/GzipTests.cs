using System.IO.Compression;
using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Gzip;

namespace RexecConformance.Tests.Captures;

public sealed class GzipTests
{
    private static readonly byte[] Capture = File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err"));

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void UnpacksWhatTheLibraryPacks(CompressionLevel level)
    {
        var random = new Random(512);
        for (var size = 0; size < 3_000_000; size = (size * 3) + 1)
        {
            var bytes = new byte[size];
            // A third noise, a third few values, a third long runs: all kinds of blocks.
            random.NextBytes(bytes.AsSpan(0, size / 3));
            for (var i = size / 3; i < size * 2 / 3; i++)
            {
                bytes[i] = (byte)(random.Next(100) / 30);
            }

            Assert.Equal(bytes, Unpack(Pack(bytes, level), out var damage));
            Assert.Null(damage);
        }
    }

    [Fact]
    public void FixedCodesAndMatches()
    {
        // Short texts are packed with the fixed codes.
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("rexec ", 20)));
        Assert.Equal(text, Unpack(Pack(text), out _));
    }

    [Fact]
    public void PackedCaptureIsTheSameCapture()
    {
        var contents = CaptureContents.Read(new MemoryStream(Pack(Capture)));
        Assert.Equal("pcap, gzip", contents.Format);
        Assert.Equal(22, contents.Counts.Total);
        Assert.Empty(contents.Warnings);
        Assert.NotEmpty(contents.Conversations);
    }

    [Fact]
    public void HeaderFieldsAreSkipped()
    {
        byte[] packed = Pack(Capture);
        // text, header checksum, extra field, name, comment
        byte[] header = [0x1f, 0x8b, 8, 0x1f, .. packed[4..10], 3, 0, 1, 2, 3, .. "a.pcap\0"u8, .. "comment\0"u8, 0, 0];
        Assert.Equal(22, CaptureContents.Read(new MemoryStream([.. header, .. packed[10..]])).Counts.Total);
    }

    [Fact]
    public void MembersAreOneFile()
    {
        byte[] packed = [.. Pack(Capture[..100]), .. Pack([]), .. Pack(Capture[100..]), 0, 0, 0];
        Assert.Equal(Capture, Unpack(packed, out var damage));
        Assert.Null(damage);
    }

    [Fact]
    public void CutAtEveryByteKeepsWhatIsSound()
    {
        var packed = Pack(Capture);
        var most = 0;
        for (var length = 2; length < packed.Length; length++)
        {
            try
            {
                var contents = CaptureContents.Read(new MemoryStream(packed, 0, length));
                Assert.Contains("the file is gzip, and it is cut short", Assert.Single(contents.Warnings));
                Assert.InRange(contents.Counts.Total, most, most + 10);
                most = contents.Counts.Total;
            }
            catch (CaptureFormatException e)
            {
                Assert.Contains("cut short", e.Message);
                Assert.Equal(0, most);
            }
        }

        // The trailer of eight bytes has no data.
        Assert.Equal(22, most);
    }

    [Fact]
    public void WrongChecksumIsSaidAfterThePackets()
    {
        var packed = Pack(Capture);
        packed[^8] ^= 1;
        var contents = CaptureContents.Read(new MemoryStream(packed));
        Assert.Equal(22, contents.Counts.Total);
        Assert.Contains("its checksum is wrong", Assert.Single(contents.Warnings));
    }

    [Fact]
    public void DamageAnywhereGivesAllBytesBeforeIt()
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        var packed = Pack(bytes, CompressionLevel.NoCompression);
        // The length of a stored block that begins before this place is damaged.
        var place = 130_000;
        while (!Unpack([.. packed[..place], (byte)~packed[place], .. packed[(place + 1)..]], out var damage).AsSpan().SequenceEqual(bytes) && damage!.Contains("checksum"))
        {
            place++;
        }

        var sound = Unpack([.. packed[..place], (byte)~packed[place], .. packed[(place + 1)..]], out _);
        Assert.InRange(sound.Length, 100_000, bytes.Length - 1);
        Assert.Equal(bytes[..sound.Length], sound);
    }

    [Fact]
    public void FlippedBitsNeverThrow()
    {
        var packed = Pack(Capture);
        var random = new Random(512);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = (byte[])packed.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            Unpack(bytes, out _);
        }
    }

    private static byte[] Unpack(byte[] packed, out string? damage)
    {
        using var stream = new GunzipStream(new CaptureBuffer(new MemoryStream(packed)));
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        damage = stream.Damage;
        return bytes.ToArray();
    }

    private static byte[] Pack(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.Length > 0 ? packed.ToArray() : Convert.FromHexString("1f8b080000000000000303000000000000000000");
    }
}
