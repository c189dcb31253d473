using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Tests.Reports;

public class RedactionTests
{
    [Theory]
    [InlineData("0\0good\0hunter2!\0echo out\0", "0\0good\0********\0echo out\0")]
    [InlineData("0\0good\0x\0id x\0", "0\0good\0*\0id x\0")]
    [InlineData("0\0good\0hunt", "0\0good\0****")]
    [InlineData("0\0good\0\0true\0", "0\0good\0\0true\0")]
    [InlineData("0\0good", "0\0good")]
    [InlineData("", "")]
    [InlineData("GET /hunter2! HTTP/1.0\r\n", "GET /******** HTTP/1.0\r\n")]
    [InlineData("0\0a\0b\0true\0" + "0\0good\0hunter2!\0", "0\0a\0*\0true\0" + "0\0good\0********\0")]
    public void The_password_field_and_known_passwords_are_hidden(string sent, string expected)
    {
        byte[] bytes = Made.Bytes(sent);
        bool[] mask = Redaction.Of([Made.Password, ""]).Sent(bytes);
        Assert.Equal(expected, string.Concat(bytes.Select((b, i) => mask[i] ? '*' : (char)b)));
    }

    [Fact]
    public void A_password_that_the_scenario_writes_out_is_hidden_elsewhere_too()
    {
        Scenario scenario = Made.Scenario() with { Send = [new BytesStep("password", Made.Template("wrong\0"))] };
        Assert.True(Redaction.Of([], scenario).Hides(Made.Bytes("it is wrong.")));
        Assert.False(Redaction.Of([]).Hides(Made.Bytes("it is wrong.")));
    }

    [Fact]
    public void Overlapping_occurrences_are_hidden_whole() =>
        Assert.Equal([true, true, true, true, true, false], Redaction.Of(["aba"]).Seen(Made.Bytes("ababac")));

    [Fact]
    public void None_hides_nothing() => Assert.DoesNotContain(true, Redaction.None.Sent(Made.Bytes("0\0good\0hunter2!\0")));
}
