using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Tests.Sockets;

/// <summary>A client waits as long as its server may take, and no longer.</summary>
[Trait("needs", "nothing")]
public sealed class PatienceTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("0\0good\0", 1, 1)]
    [InlineData("0\0good\0wrong\0true\0", 15, 1)]
    [InlineData("0\0good\0secret\0sleep 2\0", 17, 3)]
    [InlineData("0\0good\0secret\0sleep 2; sleep 3\0", 20, 6)]
    [InlineData("0\0good\0secret\0sleep \0", 15, 1)]
    public void Slow_refusals_and_sleeping_commands_are_waited_for(string request, int unanswered, int answered)
    {
        var patience = new Patience(Dialect(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)), s_second);
        Assert.Equal((s_second * unanswered, s_second * answered), patience.Of(Sent(request)));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(15, 15)]
    public void A_refusal_that_may_take_its_time_is_waited_for_and_a_prompt_one_is_not(int within, int unanswered) =>
        Assert.Equal((s_second * unanswered, s_second), new Patience(Dialect(null, TimeSpan.FromSeconds(within)), s_second).Of(Sent("0\0good\0wrong\0true\0")));

    private static List<WireStep> Sent(string request) => [new Send(StreamName.Primary, ByteText.Latin1.GetBytes(request))];

    private static Dialect Dialect(TimeSpan? notBefore, TimeSpan? within) => new()
    {
        Name = "slow",
        Title = "Slow",
        Properties = new Dictionary<string, DialectProperty>(),
        Diagnostics = new Dictionary<string, Diagnostic>
        {
            ["bad-password"] = new()
            {
                Name = "bad-password",
                Form = DiagnosticForm.Silent,
                Content = ByteTemplate.Empty,
                NotBefore = notBefore,
                Within = within,
                Basis = new Basis(BasisKind.Observed, "a test", null, null),
            },
        },
        File = "slow.yaml",
    };
}
