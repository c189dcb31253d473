using RexecConformance.Cli.Progress;

namespace RexecConformance.Cli.Tests.Progress;

/// <summary>A line that changes in place never begins a second one, however narrow the terminal.</summary>
[Trait("needs", "nothing")]
public sealed class FittedLineTest
{
    private const string End = "...\x1b[K";

    [Theory]
    [InlineData(20, "0123456789")]
    [InlineData(10, "0123456789")]
    [InlineData(9, "012345...")]
    [InlineData(5, "01234")]
    [InlineData(0, "")]
    public void Is_cut_to_the_width(int width, string shown) => Assert.Equal(shown, LiveLine.Fitted("0123456789", width));

    [SkippableFact]
    [Trait("needs", "loopback")]
    public async Task On_ten_columns()
    {
        PseudoTerminal.Need();
        await using PseudoTerminal terminal = PseudoTerminal.Start(
            ["/bin/sh", "-c", "stty cols 10; exec \"$@\"", "sh"], "run", "--target", "reference:bsd44", "--id", "aux-*");
        (_, string seen) = await terminal.EndAsync(TimeSpan.FromSeconds(60));
        string[] cut = [.. seen.Split('\r', '\n').Where(line => line.EndsWith(End, StringComparison.Ordinal))];
        Assert.NotEmpty(cut);
        Assert.All(cut, line => Assert.True(line.Length <= 9 + "\x1b[K".Length, line));
    }
}
