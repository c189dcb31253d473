namespace Rexecd.Tests;

public class PortFieldTests
{
    // Facts 2.2, computed values.
    [Theory]
    [InlineData("", 0)]
    [InlineData("0", 0)]
    [InlineData("00000", 0)]
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
    [InlineData("\u00ff", 65487)]
    [InlineData("40001", 40001)]
    [InlineData("105537", 40001)]
    public void Wraps_at_16_bits_and_checks_nothing(string field, int port) => Assert.Equal(port, Value(field, PortArithmetic.SignedChar));

    [Fact]
    public void Counts_a_high_byte_as_positive_where_char_is_unsigned() => Assert.Equal(207, Value("\u00ff", PortArithmetic.UnsignedChar));

    private static int Value(string field, PortArithmetic arithmetic) =>
        ByteText.Bytes(field).Aggregate((ushort)0, (port, next) => PortField.Add(port, next, arithmetic));
}
