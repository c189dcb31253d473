using RexecConformance.Cli.Completion;

namespace RexecConformance.Cli.Tests.Completion;

/// <summary>What a Tab offers for the values of <c>new</c> and <c>explain</c>, which the verb itself then takes.</summary>
[Trait("needs", "nothing")]
public sealed class DraftCompletionTest
{
    [Theory]
    [InlineData("new a --observe reference:deb", "reference:debian")]
    [InlineData("new a --user v", "victim")]
    [InlineData("new a --command write-b", "write-both")]
    [InlineData("new a --aux acc", "accept-late=")]
    [InlineData("new a --port ", "none aux")]
    [InlineData("new a --fragments per-", "per-field per-byte")]
    [InlineData("new a --end open", "open open=")]
    [InlineData("new a --expect acc", "accepted accepted=")]
    [InlineData("new a --expect refused=bad", "refused=bad-password")]
    [InlineData("new a --expect no", "nothing")]
    [InlineData("new a --expect-aux no", "nothing none")]
    [InlineData("new a --depends-on username-15-b", "username-15-bytes-no-nul")]
    [InlineData("new a --server ref", "")]
    [InlineData("explain username-15#", "username-15#whole username-15#per-field username-15#per-byte")]
    [InlineData("explain success --dialect al", "")]
    [InlineData("run --dialect al", "all")]
    public void Offers(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Completer.Complete(Program.Root(), line.Split(' ')).Select(candidate => candidate.Text)));
}
