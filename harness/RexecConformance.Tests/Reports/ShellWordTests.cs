using RexecConformance.Reports;

namespace RexecConformance.Tests.Reports;

/// <summary>A command that is copied from a report does what it says, whatever a folder is called.</summary>
[Trait("needs", "nothing")]
public sealed class ShellWordTests
{
    [Theory]
    [InlineData("tcp:[::1]:512", "tcp:[::1]:512")]
    [InlineData("", "''")]
    [InlineData("my cases", "'my cases'")]
    [InlineData("it's; $(date)", "'it'\\''s; $(date)'")]
    public void Is_quoted_where_a_shell_would_change_it(string word, string quoted) => Assert.Equal(quoted, ShellWord.Quote(word));
}
