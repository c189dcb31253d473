using RexecConformance.Cli.Targets;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Processes;

/// <summary>The options of a reference target.</summary>
public sealed class ReferenceOptionsTest
{
    [Theory]
    [InlineData("reference", false)]
    [InlineData("reference:debian,commands=shell", false)]
    [InlineData("reference:debian,commands=login", true)]
    [InlineData("reference:debian,accounts=system", true)]
    [InlineData("reference,accounts=file,commands=shell", true)]
    public void Accounts_and_logins_need_a_process_of_their_own(string target, bool own) =>
        Assert.Equal(own, ReferenceOptions.Read(TargetSpec.Parse(target)).OwnProcess);

    [Theory]
    [InlineData("reference:debian,accounts=nis")]
    [InlineData("reference:debian,commands=")]
    [InlineData("reference:debian,shell=login")]
    public void Others_are_refused_with_those_that_there_are(string target)
    {
        string said = Assert.Throws<TargetSpecException>(() => ReferenceOptions.Read(TargetSpec.Parse(target))).Message;
        Assert.Contains("accounts=system|file, commands=scripted|shell|login, fault=NAME[+NAME...] or dialect-file=FILE", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public void One_is_given_once() =>
        Assert.Contains("the option 'commands' is given twice", Assert.Throws<TargetSpecException>(() => TargetSpec.Parse("reference:debian,commands=login,commands=shell")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_plain_form_takes_them_for_all_dialects()
    {
        IReadOnlyList<PlannedTarget> plan = TargetOpener.Plan(["reference,accounts=file,commands=shell"], "all", Support.Suite.Tree);
        Assert.Equal(Support.Suite.Tree.Dialects.Keys.Where(name => !ReferenceTarget.LetsAnyoneIn(name)).Select(name => $"reference:{name},accounts=file,commands=shell"), plan.Select(p => p.Spec.Text));
        Assert.Equal("reference:bsd44,accounts=file,commands=shell", TargetOpener.Plan(["reference,accounts=file,commands=shell"], null, Support.Suite.Tree)[0].Spec.Text);
    }

    [Theory]
    [InlineData("nuttx")]
    [InlineData("inetutils191")]
    public void A_dialect_that_checks_no_password_gets_no_real_shell(string dialect)
    {
        Assert.True(ReferenceTarget.LetsAnyoneIn(dialect));
        string said = Assert.Throws<TargetSpecException>(() =>
            ReferenceTarget.Load(TargetSpec.Parse($"reference:{dialect},commands=login"), dialect, null)).Message;
        Assert.Equal($"target 'reference:{dialect},commands=login': {dialect} checks no password, so the server starts no real shell for it: leave commands= out", said);
        Assert.NotNull(ReferenceTarget.Load(TargetSpec.Parse($"reference:{dialect}"), dialect, null));
    }
}
