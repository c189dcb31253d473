using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Prediction;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>What a port's text is worth (facts 2.2), and what the dialects do not say.</summary>
public class PortReadingTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("0", 0)]
    [InlineData("65535", 65535)]
    [InlineData("65536", 0)]
    [InlineData("65537", 1)]
    [InlineData("99999", 34463)]
    [InlineData("abc", 5451)]
    [InlineData(" 0", 65376)]
    [InlineData("+1", 65487)]
    [InlineData("-1", 65507)]
    [InlineData("/", 65535)]
    [InlineData("12 ", 104)]
    [InlineData("12\n", 82)]
    [InlineData("0x50", 7250)]
    public void Berkeley_reads_any_bytes_in_16_bits(string text, int value) => Assert.Equal(value, Of(text, "bsd44").Value);

    [Fact]
    public void A_byte_above_127_has_the_sign_of_the_machine_unless_sixteen_zeros_hide_it()
    {
        Assert.Equal("the sign of a byte above 127", Of("\u00ff", "bsd44").Property);
        Assert.Equal(80, Of("\u00ff000000000000000080", "bsd44").Value);
    }

    [Fact]
    public void Ten_thousand_zeros_are_zero() => Assert.Equal(0, Of(new string('0', 10_000), "bsd44").Value);

    [Theory]
    [InlineData("", "empty-port")]
    [InlineData("80 ", "port-bytes")]
    [InlineData("65536", "port-arithmetic")]
    [InlineData("080", "leading-zeros")]
    public void A_dialect_without_the_property_says_nothing(string text, string property) => Assert.Equal(property, Of(text, "aix", empty: false).Property);

    [Fact]
    public void A_plain_number_needs_no_property() => Assert.Equal(1023, Of("1023", "aix").Value);

    private static PortReading Of(string text, string dialect, bool empty = true)
    {
        Dialects.Dialect read = Suite.Dialect(dialect);
        Dialects.Dialect rules = empty ? read : read with { Properties = read.Properties.Where(p => p.Key != "empty-port").ToDictionary() };
        return PortReading.Of(ByteText.Latin1.GetBytes(text), new DialectRules(rules, null));
    }
}
