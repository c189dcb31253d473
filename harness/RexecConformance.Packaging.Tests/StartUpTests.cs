using Xunit.Abstractions;

namespace RexecConformance.Packaging.Tests;

/// <summary>How long a person waits for an installed command's first word.</summary>
[Collection(nameof(Packed))]
public class StartUpTests(PackedSuite suite, ITestOutputHelper output)
{
    private const int Runs = 20;
    private static readonly TimeSpan s_most = TimeSpan.FromMilliseconds(200);

    [SkippableTheory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("completion", "bash")]
    [InlineData("__complete", "words", "run", "--dialect", "")]
    [InlineData("__complete", "words", "explain", "username-")]
    public async Task First_output_comes_within_200_ms(params string[] arguments)
    {
        InstalledTool tool = await suite.InstalledAsync("rexec-conformance");
        Skip.IfNot(suite.Names.Any(name => name.StartsWith("rexec-conformance.", StringComparison.Ordinal) && name.Contains("-x64", StringComparison.Ordinal)), "needs a package feed with the compiler that works beforehand");

        // What else the machine does only adds to it: the best of some runs is what the command takes.
        var taken = new List<TimeSpan>();
        while (taken.Count < Runs && (taken.Count < 5 || taken.Min() >= s_most))
        {
            taken.Add(await Command.FirstOutputAsync(tool.Folder, tool.Environment, [tool.Program, .. arguments]));
        }

        output.WriteLine($"{string.Join(' ', arguments)}: best {taken.Min().TotalMilliseconds:0} ms of {taken.Count}");
        Assert.InRange(taken.Min(), TimeSpan.Zero, s_most);
    }
}
