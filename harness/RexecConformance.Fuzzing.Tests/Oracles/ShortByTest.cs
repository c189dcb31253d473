using System.Text;
using RexecConformance.Fuzzing.Oracles;

namespace RexecConformance.Fuzzing.Tests.Oracles;

/// <summary>Which mistakes are one kind for all replies, and which are not.</summary>
public sealed class ShortByTest
{
    [Theory]
    [InlineData("\0out\n", "out\n", "without-status")]
    [InlineData("\u0001Login incorrect.\n", "\u0001Login incorrect.", "without-terminator")]
    [InlineData("\0", "", null)]
    [InlineData("\0out\n", "", null)]
    [InlineData("\0out\n", "\0out", null)]
    [InlineData("\u0001Login incorrect.\n", "Login incorrect.\n", null)]
    [InlineData("\u0001Login incorrect.\n", "\u0001Login incorrect", null)]
    [InlineData("\u0001Login incorrect.\n", "\u0001Login incorrecd.", null)]
    public void Only_what_is_whole_but_for_one_byte_is(string expected, string seen, string? name) =>
        Assert.Equal(name, ShortBy.Of(Encoding.Latin1.GetBytes(expected), Encoding.Latin1.GetBytes(seen)));

    [Theory]
    [InlineData("bad-password", "username-too-long", true)]
    [InlineData("bad-password", "accepted", false)]
    [InlineData("waits-in-command", "aux-refused", false)]
    public void A_connection_that_comes_too_late_is_one_kind_for_all_that_is_refused(string one, string other, bool same)
    {
        Symptom Of(string reply) => new()
        {
            Oracle = OracleKind.Prediction, Party = 0, Dialect = "d", Aspect = Aspect.Connection, Reply = reply, AnyReply = ShortBy.IsRefusal(reply), Expected = "connected", Seen = "none",
        };
        Assert.Equal(same, Of(one).Kind == Of(other).Kind);
    }
}
