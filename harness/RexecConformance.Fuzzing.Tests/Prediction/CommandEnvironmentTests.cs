using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Prediction;

public class CommandEnvironmentTests
{
    [Theory]
    [InlineData("bsd44", "good", "HOME=/home/good\nPATH=/usr/bin:/bin\nSHELL=/bin/sh\nUSER=good\n")]
    [InlineData("bsd42", "noshell", "HOME=/home/noshell\nPATH=:/usr/ucb:/bin:/usr/bin\nSHELL=/bin/sh\nUSER=noshell\n")]
    [InlineData("inetutils", "noshell", "HOME=/home/noshell\nLOGNAME=noshell\nPATH=/usr/bin:/bin\nRHOST=address\nSHELL=\nUSER=noshell\n")]
    public void The_variables_are_those_of_the_dialect(string dialect, string user, string lines)
    {
        PredictedStream primary = Predict(dialect, user, realShell: true).Primary;
        Assert.EndsWith(lines, ByteText.Latin1.GetString(primary.Content!.LiteralBytes), StringComparison.Ordinal);
    }

    // GNU's daemon cuts USER and LOGNAME to 31 characters (seen); no file states such a number.
    [Fact]
    public void Of_a_long_name_nothing_is_said()
    {
        Assert.False(Predict("inetutils", AccountFile.Default["user255"].Name, realShell: true).Primary.Content?.IsLiteral ?? false);
        Assert.True(Predict("bsd44", "abcdefghijklmn", realShell: true).Primary.Content!.IsLiteral);
    }

    [Fact]
    public void Scripted_commands_have_none() => Assert.False(Predict("bsd44", "good", realShell: false).Primary.Content!.IsLiteral);

    private static PredictedAnswer Predict(string dialect, string user, bool realShell) =>
        new Predictor(Suite.Dialect(dialect), AccountFile.Default, Shell.Sh, Suite.LinuxArgument) { RealShell = realShell }
            .Predict(Cases.Raw($"0\0{user}\0secret\0{Shell.Sh.Texts["print-environment"]}\0"), 0);
}
