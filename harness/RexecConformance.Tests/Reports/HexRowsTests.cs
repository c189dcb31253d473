using RexecConformance.Reports;

namespace RexecConformance.Tests.Reports;

public class HexRowsTests
{
    [Theory]
    [InlineData(0, "[00]01")]
    [InlineData(1, "00[01]02")]
    [InlineData(15, "0e[0f]")]
    [InlineData(16, "[10]11")]
    [InlineData(31, "1e[1f]")]
    public void The_first_difference_stands_in_brackets_at_row_edges_too(int at, string marked)
    {
        byte[] expected = [.. Enumerable.Range(0, 40).Select(i => (byte)i)];
        byte[] received = [.. expected];
        received[at] ^= 0x80;
        string[] rows = Rows(expected, received, at);
        string row = Assert.Single(rows, r => r.StartsWith('!'));
        Assert.Contains(marked, row);
        Assert.Equal(2, row.Count(c => c == '['));
        Assert.Contains($" {at / 16 * 16} ", row);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(16)]
    public void An_end_that_comes_too_early_is_marked(int length)
    {
        byte[] expected = new byte[20];
        string[] rows = Rows(expected, new byte[length], length);
        string first = rows.First(r => r.StartsWith('!'));
        Assert.Contains("[00]", first);
        Assert.Contains("[--]", first);
    }

    [Fact]
    public void Megabytes_are_cut_around_the_first_difference()
    {
        byte[] expected = new byte[2_000_000];
        byte[] received = [.. expected];
        received[1_000_003] = 1;
        string[] rows = Rows(expected, received, 1_000_003);
        Assert.True(rows.Length <= HexRows.MaxRows + 3);
        Assert.Contains("... 999968 equal bytes", rows[1]);
        Assert.Contains("[01]", Assert.Single(rows, r => r.StartsWith('!')));
        Assert.Contains("more bytes", rows[^1]);
    }

    [Fact]
    public void Both_columns_are_aligned()
    {
        string[] rows = Rows([.. Enumerable.Range(0, 100).Select(i => (byte)i)], [.. Enumerable.Range(0, 90).Select(i => (byte)i)], 90);
        Assert.Single(rows.Skip(1).Select(r => r.IndexOf("  | ", StringComparison.Ordinal)).Where(i => i >= 0).Distinct());
        Assert.Equal(rows[0].IndexOf("received", StringComparison.Ordinal), rows[1].LastIndexOf("00 01", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_makes_no_row() => Assert.Empty(Rows([], [], -1));

    private static string[] Rows(byte[] expected, byte[] received, int first) =>
        [.. HexRows.Of(expected, received, first, new bool[expected.Length], new bool[received.Length])];
}
