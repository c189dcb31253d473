using RexecConformance.Yaml;

namespace RexecConformance.Tests.Authoring;

/// <summary>The caret stands under the fault, whatever is before it.</summary>
[Trait("needs", "nothing")]
public sealed class SourceLineTests
{
    [Theory]
    [InlineData("tag: [a]", 1, "tag: [a]", "^")]
    [InlineData("tag: [a]", 6, "tag: [a]", "     ^")]
    [InlineData("tag: [a]", 9, "tag: [a]", "        ^")]
    [InlineData("tag: [a]", 900, "tag: [a]", "        ^")]
    [InlineData("\ta: b", 2, "    a: b", "    ^")]
    [InlineData("ab\tc: d", 4, "ab  c: d", "    ^")]
    [InlineData("日本: x", 3, "日本: x", "    ^")]
    [InlineData("日本: x", 5, "日本: x", "      ^")]
    [InlineData("e\u0301x: y", 3, "e\u0301x: y", " ^")]
    [InlineData("😀x", 3, "😀x", "  ^")]
    [InlineData("😀x", 2, "😀x", "^")]
    [InlineData("a\x1b[31mb", 7, "a\\x1b[31mb", "         ^")]
    [InlineData("a\u202eb", 3, "a\\u{202e}b", "         ^")]
    [InlineData("", 1, "", "^")]
    public void Of_one_character(string line, int column, string shown, string caret) =>
        Assert.Equal((shown, caret), SourceLine.Point(line, column));

    [Theory]
    [InlineData(1, 'a')]
    [InlineData(500, 'b')]
    [InlineData(1000, 'c')]
    public void A_long_line_is_cut_around_the_fault(int column, char there)
    {
        string line = "a" + new string('.', 498) + "b" + new string('.', 499) + "c";
        (string shown, string caret) = SourceLine.Point(line, column);
        Assert.InRange(shown.Length, 90, 106);
        Assert.Equal(there, shown[caret.Length - 1]);
        Assert.Equal(column > 1, shown.StartsWith("...", StringComparison.Ordinal));
        Assert.Equal(column < 1000, shown.EndsWith("...", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tag", "tags")]
    [InlineData("tilte", "title")]
    [InlineData("sned", "send")]
    [InlineData("Level", "level")]
    [InlineData("username", "username-limit")]
    [InlineData("colour", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_word_that_was_meant(string typed, string? meant) =>
        Assert.Equal(meant, Nearest.Of(typed, ["format", "id", "title", "level", "tags", "send", "username-limit"]));
}
