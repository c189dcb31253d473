using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>What real daemons answered (facts 7, column by column) is what the model says that they answer.</summary>
public class ObservedVectorTests
{
    private const string Both = "echo out; echo err >&2\0";
    private const string Good = "good\0secret\0";

    [Theory]
    [InlineData("bsd44", "\0", "\\0out\\nerr\\n")]
    [InlineData("netkit", "\0", "\\0out\\nerr\\n")]
    [InlineData("debian", "\0", "\\0out\\nerr\\n")]
    [InlineData("inetutils", "\0", "\\0out\\nerr\\n")]
    [InlineData("inetutils-pam", "\0", "\\0out\\nerr\\n")]
    [InlineData("bsd44", "0\0", "\\0out\\nerr\\n")]
    [InlineData("debian", "00000\0", "\\0out\\nerr\\n")]
    [InlineData("inetutils", "65536\0", "\\0out\\nerr\\n")]
    public void A_request_without_aux_runs(string dialect, string port, string primary)
    {
        PredictedAnswer answer = Predict(dialect, Cases.Raw(port + Good + Both));
        Assert.Equal(("accepted", primary, EndRule.Fin), (answer.Reply, Text(answer.Primary), answer.Primary.End!.Value));
        Assert.Equal(Answers.NoConnection, answer.Aux);
        Assert.Equal(port.Length + Good.Length + Both.Length, answer.AnswerableAfter);
    }

    [Theory]
    [InlineData("bsd44", "\\0out\\n", "err\\n")]
    [InlineData("netkit", "\\0out\\n", "err\\n")]
    [InlineData("debian", "\\0out\\n", "err\\n")]
    [InlineData("inetutils", "out\\n", "\\0err\\n")]
    [InlineData("inetutils-pam", "out\\n", "\\0err\\n")]
    public void A_request_with_aux_runs(string dialect, string primary, string aux)
    {
        PredictedAnswer answer = Predict(dialect, Cases.WithAux(Good + Both));
        Assert.Equal((primary, EndRule.Fin, aux, EndRule.Fin), (Text(answer.Primary), answer.Primary.End!.Value, Text(answer.Aux), answer.Aux.End!.Value));
    }

    [Theory]
    [InlineData("bsd44", "good\0wrong\0", "\\x01Password incorrect.\\n")]
    [InlineData("netkit", "good\0wrong\0", "\\x01Login incorrect.\\n")]
    [InlineData("debian", "good\0wrong\0", "")]
    [InlineData("inetutils", "good\0wrong\0", "\\x01Password incorrect\\n")]
    [InlineData("inetutils-pam", "good\0wrong\0", "\\x01Password incorrect\\n")]
    [InlineData("bsd44", "nobody-here\0x\0", "\\x01Login incorrect.\\n")]
    [InlineData("netkit", "nobody-here\0x\0", "\\x01Login incorrect.\\n")]
    [InlineData("debian", "nobody-here\0x\0", "")]
    [InlineData("inetutils", "nobody-here\0x\0", "\\x01Login incorrect\\n")]
    [InlineData("netkit", "root\0secret\0", "\\x01Login incorrect.\\n")]
    [InlineData("inetutils-pam", "emptypw\0any\0", "\\x01Password incorrect\\n")]
    public void A_refusal_is_told_on_the_primary_and_aux_is_closed(string dialect, string who, string primary)
    {
        PredictedAnswer answer = Predict(dialect, Cases.WithAux(who + Both));
        Assert.Equal((primary, EndRule.Fin), (Text(answer.Primary), answer.Primary.End!.Value));
        Assert.Equal(Answers.Silent, answer.Aux);
        Assert.Equal(primary == "" ? null : "40123\0".Length + who.Length + Both.Length, answer.AnswerableAfter);
    }

    [Theory]
    [InlineData("bsd44", "root\0secret\0")]
    [InlineData("debian", "root\0secret\0")]
    [InlineData("inetutils", "root\0secret\0")]
    [InlineData("bsd44", "emptypw\0any\0")]
    [InlineData("netkit", "emptypw\0any\0")]
    [InlineData("debian", "emptypw\0any\0")]
    [InlineData("inetutils", "emptypw\0any\0")]
    public void Who_is_let_in_runs_a_command(string dialect, string who) =>
        Assert.Equal("\\0out\\n", Text(Predict(dialect, Cases.Raw("\0" + who + "echo out\0")).Primary));

    [Theory]
    [InlineData("bsd44", 14, "accepted", null)]
    [InlineData("bsd44", 15, "username-too-long", 17)]
    [InlineData("bsd44", 16, "username-too-long", 17)]
    [InlineData("debian", 15, "accepted", null)]
    [InlineData("debian", 16, "username-too-long", 17)]
    [InlineData("inetutils", 16, "accepted", null)]
    [InlineData("netkit", 14, "accepted", null)]
    [InlineData("netkit", 15, "username-too-long", 17)]
    public void A_user_name_is_too_beyondfrom_its_sixteenth_byte_on(string dialect, int length, string reply, int? answerableAfter)
    {
        string name = "abcdefghijklmnopq"[..length];
        PredictedAnswer answer = Predict(dialect, Cases.Raw("\0" + name + "\0secret\0echo out\0"));
        Assert.Equal(reply, answer.Reply);
        Assert.Equal(reply == "accepted" ? EndRule.Fin : EndRule.Rst, answer.Primary.End);
        Assert.Equal(answerableAfter ?? 1 + length + 1 + 7 + 9, answer.AnswerableAfter);
    }

    [Theory]
    [InlineData("bsd44", "username-too-long", "\\x01username too long\\n", EndRule.Fin)]
    [InlineData("netkit", "username-too-long", "\\x01username too long\\n", EndRule.Fin)]
    [InlineData("debian", "username-too-long", "\\x01username too long\\n", EndRule.Fin)]
    [InlineData("inetutils", "waits-in-username", "", EndRule.Open)]
    public void Sixteen_bytes_and_nothing_more(string dialect, string reply, string primary, EndRule end)
    {
        PredictedAnswer answer = Predict(dialect, Cases.Raw("\0" + new string('x', 16)));
        Assert.Equal((reply, primary, end), (answer.Reply, Text(answer.Primary), answer.Primary.End!.Value));
    }

    [Theory]
    [InlineData("netkit", 131_071, "accepted", null)]
    [InlineData("netkit", 131_072, "command-too-long", EndRule.Fin)]
    [InlineData("netkit", 131_073, "command-too-long", EndRule.Closed)]
    [InlineData("debian", 131_071, "accepted", null)]
    [InlineData("debian", 131_072, "argument-list-too-long", EndRule.Fin)]
    [InlineData("inetutils", 131_072, "argument-list-too-long", EndRule.Fin)]
    [InlineData("inetutils-pam", 200_000, "argument-list-too-long", EndRule.Fin)]
    public void A_command_as_beyondas_an_argument_can_be(string dialect, int length, string reply, EndRule? end)
    {
        PredictedAnswer answer = Predict(dialect, Cases.Raw("\0" + Good + new string('x', length) + "\0"));
        Assert.Equal((reply, end), (answer.Reply, answer.Primary.End));
        if (reply == "argument-list-too-long")
        {
            byte[] told = ByteText.Latin1.GetBytes(dialect == "debian" ? "\0/bin/sh: Argument list too long\n" : "\0rexecd: executing /bin/sh: Argument list too long\n");
            Assert.True(answer.Primary.Content!.Matches(told));
        }
    }

    [Fact]
    public void A_server_without_a_limit_has_that_of_linux_whatever_the_target_states()
    {
        FuzzCase beyond = Cases.Raw("\0" + Good + new string('x', 131_072) + "\0");
        Assert.Equal("argument-list-too-long", Suite.Predictor("debian", 2_097_151).Predict(beyond, 0).Reply);
        Assert.Equal("accepted", Suite.Predictor("illumos", 2_097_151).Predict(beyond, 0).Reply);
        Assert.Equal(Answers.NotStated, Suite.Predictor("debian", null).Predict(beyond, 0).Reply);
    }

    [Theory]
    [InlineData("bsd44", "\\x01No remote directory.\\n")]
    [InlineData("netkit", "\\x01No remote directory.\\n")]
    [InlineData("debian", "\\0\\x01No remote directory.\\n")]
    [InlineData("inetutils", "\\x01No remote directory\\n")]
    [InlineData("inetutils-pam", "\\x01No remote directory\\n")]
    public void A_missing_home_without_aux(string dialect, string primary) =>
        Assert.Equal(primary, Text(Predict(dialect, Cases.Raw("\0nohome\0secret\0" + Both)).Primary));

    [Theory]
    [InlineData("bsd44", "\\x01No remote directory.\\n", "")]
    [InlineData("debian", "\\0", "\\x01No remote directory.\\n")]
    [InlineData("inetutils", "", "\\x01No remote directory\\n")]
    [InlineData("inetutils-pam", "", "\\x01No remote directory\\n")]
    public void A_missing_home_with_aux(string dialect, string primary, string aux)
    {
        PredictedAnswer answer = Predict(dialect, Cases.WithAux("nohome\0secret\0" + Both));
        Assert.Equal((primary, aux, "no-home"), (Text(answer.Primary), Text(answer.Aux), answer.Reply));
    }

    [Theory]
    [InlineData("bsd44", "\0", "/bin/nosuchshell: No such file or directory\n")]
    [InlineData("debian", "\0", "/bin/nosuchshell: No such file or directory\n")]
    [InlineData("inetutils", "", "\0rexecd: executing /bin/nosuchshell: No such file or directory\n")]
    public void A_missing_shell_with_aux(string dialect, string primary, string aux)
    {
        PredictedAnswer answer = Predict(dialect, Cases.WithAux("badsh\0secret\0" + Both));
        Assert.Equal("no-shell", answer.Reply);
        Assert.True(answer.Primary.Content!.Matches(ByteText.Latin1.GetBytes(primary)));
        Assert.True(answer.Aux.Content!.Matches(ByteText.Latin1.GetBytes(aux)));
    }

    [Theory]
    [InlineData("bsd44", "\0goo", "eof-in-username", "")]
    [InlineData("debian", "\0good\0sec", "eof-in-password", "")]
    [InlineData("netkit", "12", "eof-in-port", "")]
    [InlineData("inetutils", "12", "eof-in-port", "")]
    [InlineData("inetutils", "\0goo", "eof-in-username", "\\x01EOF reading usernam\\n")]
    [InlineData("inetutils", "\0good\0sec", "eof-in-password", "\\x01EOF reading passwor\\n")]
    [InlineData("inetutils-pam", "\0good\0secret\0echo", "eof-in-command", "\\x01EOF reading comman\\n")]
    public void End_of_input_in_a_field(string dialect, string request, string reply, string primary)
    {
        PredictedAnswer answer = Predict(dialect, Cases.Of(AuxMode.None, Cases.Bytes(request), Cases.HalfClose()));
        Assert.Equal((reply, primary, EndRule.Fin), (answer.Reply, Text(answer.Primary), answer.Primary.End!.Value));
    }

    [Theory]
    [InlineData("bsd44")]
    [InlineData("netkit")]
    [InlineData("debian")]
    [InlineData("inetutils")]
    [InlineData("inetutils-pam")]
    public void A_closed_aux_port_is_answered_by_silence(string dialect)
    {
        PredictedAnswer whole = Predict(dialect, Cases.Of(AuxMode.Refuse, Cases.Aux(), Cases.Bytes(Good + Both)));
        Assert.Equal(("aux-refused", "", EndRule.Fin == whole.Primary.End), (whole.Reply, Text(whole.Primary), false));
        PredictedAnswer port = Predict(dialect, Cases.Of(AuxMode.Refuse, Cases.Aux()));
        Assert.Equal(("aux-refused", "", EndRule.Fin), (port.Reply, Text(port.Primary), port.Primary.End!.Value));
    }

    [Theory]
    [InlineData("bsd44", "\\x01Login incorrect.\\n")]
    [InlineData("netkit", "\\x01Login incorrect.\\n")]
    [InlineData("debian", "")]
    [InlineData("inetutils", "\\x01Login incorrect\\n")]
    public void A_probe_of_a_scanner_is_a_request(string dialect, string primary)
    {
        const string Probe = "\0\x1e\0\x06\x01\0\0\x01\0\0\0\0\0\0\x07version\x04" + "bind\0\0\x10\0\x03";
        PredictedAnswer answer = Predict(dialect, Cases.Raw(Probe));
        Assert.Equal(("unknown-user", primary, EndRule.Rst), (answer.Reply, Text(answer.Primary), answer.Primary.End!.Value));
    }

    [Fact]
    public void Inetutils_1_9_1_runs_a_command_after_a_wrong_password() =>
        Assert.Equal("\\x01Password incorrect\\0out\\nerr\\n", Text(Predict("inetutils191", Cases.Raw("\0good\0wrong\0" + Both)).Primary));

    [Theory]
    [InlineData("bsd44", "\\0ready\\ncaught\\n", EndRule.Fin)]
    [InlineData("inetutils", "ready\\ncaught\\n", EndRule.Fin)]
    [InlineData("debian", "\\0ready\\ndone\\n", EndRule.Rst)]
    [InlineData("netkit", "\\0ready\\ndone\\n", EndRule.Rst)]
    public void A_signal_is_delivered_or_left_unread(string dialect, string primary, EndRule aux)
    {
        Scenario scenario = Suite.Tree.Scenarios.Single(scenario => scenario.Id == "signal-15");
        PredictedAnswer answer = Predict(dialect, Cases.Of(scenario, scenario.Fragments[0]));
        Assert.Equal((primary, aux), (Text(answer.Primary), answer.Aux.End!.Value));
    }

    [Theory]
    [InlineData("bsd44")]
    [InlineData("inetutils")]
    [InlineData("debian")]
    public void Silence_ends_after_a_minute_and_after_the_port_never(string dialect)
    {
        PredictedAnswer silence = Predict(dialect, Cases.Of(AuxMode.None));
        Assert.Equal((EndRule.Fin, TimeSpan.FromSeconds(60)), (silence.Primary.End!.Value, silence.EndsAfter!.Value));
        PredictedAnswer port = Predict(dialect, Cases.Raw("\0"));
        Assert.Equal((EndRule.Open, null), (port.Primary.End!.Value, port.EndsAfter));
    }

    [Theory]
    [InlineData("nosuchuser", 1)]
    [InlineData("-f", null)]
    [InlineData("+", null)]
    public void A_name_that_looks_like_an_option_is_not_waited_for(string name, int? seconds) =>
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, Predict("debian", Cases.Raw($"\0{name}\0\0\0")).EndsAfter);

    private static PredictedAnswer Predict(string dialect, FuzzCase fuzzCase) =>
        Suite.Predictor(dialect).Predict(fuzzCase, fuzzCase.Aux.Mode == AuxMode.None ? 0 : Cases.Port);

    private static string Text(PredictedStream stream) => ByteText.Escape(stream.Content!.LiteralBytes);
}
