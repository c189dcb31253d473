using System.Security.Cryptography;
using System.Text;

namespace Rexecd.Tests;

/// <summary>The digest that needs no OpenSSL, beside the standard's examples and the one of .NET.</summary>
public class Sha256Tests
{
    [Theory]
    [InlineData("", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248D6A61D20638B8E5C026930C3E6039A33CE45964FF2167F6ECEDD419DB06C1")]
    public void Has_the_digests_of_the_standard(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexString(Sha256.Of(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Every_length_around_a_block_is_right()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(SHA256.HashData(bytes.AsSpan(0, length)), Sha256.Of(bytes.AsSpan(0, length)));
        }
    }
}
