using Posix;

namespace Rexecd.Tests;

/// <summary>Names and homes of the system are bytes.</summary>
public class SystemTextTests
{
    public static TheoryData<byte[], int[]> Texts => new()
    {
        { [], [] },
        { [0x2f, 0x63, 0xc3, 0xa9], [0x2f, 0x63, 0xe9] },
        { [0xe9], [0xdce9] },
        { [0xf0, 0x9f, 0x98, 0x80, 0xff, 0x61], [0xd83d, 0xde00, 0xdcff, 0x61] },
        { [0xe2, 0x82, 0x41], [0xdce2, 0xdc82, 0x41] },
        { [0xed, 0xb3, 0xa9], [0xdced, 0xdcb3, 0xdca9] }, // the escape itself, which is not UTF-8
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Bytes_are_what_they_were(byte[] bytes, int[] units)
    {
        string text = SystemText.Of(bytes);
        Assert.Equal(units, text.Select(c => (int)c));
        Assert.Equal(bytes, SystemText.Bytes(text));
    }
}
