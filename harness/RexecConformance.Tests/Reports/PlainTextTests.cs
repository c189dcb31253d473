using RexecConformance.Reports;

namespace RexecConformance.Tests.Reports;

public class PlainTextTests
{
    [Theory]
    [InlineData("plain 'text' [1]", "plain 'text' [1]")]
    [InlineData("\u00fcber \u2192 \u65e5", "\u00fcber \u2192 \u65e5")]
    [InlineData("\x1b[31mred", "\\x1b[31mred")]
    [InlineData("a\nb\r\tc\0", "a\\nb\\r\\tc\\x00")]
    [InlineData("csi\u009b2J", "csi\\x9b2J")]
    [InlineData("bidi\u202egnol", "bidi\\u{202e}gnol")]
    [InlineData("\uffff\ue000\u2028", "\\u{ffff}\\u{e000}\\u{2028}")]
    [InlineData("\U0001f600", "\U0001f600")]
    public void Only_what_can_be_shown_is_left_as_it_is(string text, string expected) => Assert.Equal(expected, PlainText.OneLine(text));

    [Fact]
    public void A_broken_surrogate_is_escaped() => Assert.Equal("a\\u{d800}b", PlainText.OneLine("a" + (char)0xd800 + "b"));
}
