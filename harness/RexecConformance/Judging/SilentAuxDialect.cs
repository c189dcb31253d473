using System.Net.Sockets;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Judging;

/// <summary>
/// A dialect that never answers a request for an auxiliary connection (<c>aux-connect: never-answers</c>): no connection,
/// no byte, and the primary stays open, whatever else the request is.
/// </summary>
internal static class SilentAuxDialect
{
    private static readonly TimeSpan s_openFor = TimeSpan.FromSeconds(1);

    // What decides whether a request asks for an auxiliary connection, or reaches the server, at all.
    private static readonly string[] s_request = ["port-arithmetic", "port-bytes", "leading-zeros", "aux-privileged-port"];

    /// <summary>Whether the dialect is one and the scenario asks for an auxiliary connection.</summary>
    public static bool Concerns(Scenario scenario, Dialect dialect) =>
        scenario.AsksForAux && dialect.Properties.GetValueOrDefault("aux-connect")?.Value == "never-answers";

    /// <summary>What the dialect does not say, so that nothing can be expected; or null.</summary>
    public static string? Unsaid(Scenario scenario, Dialect dialect)
    {
        if (scenario.EndsUnfinished || !HasPort(scenario))
        {
            return $"{dialect.Name} says nothing about unfinished requests that ask for an auxiliary connection";
        }

        IEnumerable<string> asked = scenario.Expect.SelectMany(a => a.When).Select(c => c.Property).Where(s_request.Contains);
        asked = scenario.Network == AddressFamily.InterNetworkV6 ? asked.Append("ipv6") : asked;
        return asked.FirstOrDefault(name => !dialect.Properties.ContainsKey(name)) is { } missing
            ? $"{dialect.Name} says nothing about {missing}"
            : null;
    }

    /// <summary>The expectation.</summary>
    public static ExpectedExchange Expect(Scenario scenario, Dialect dialect)
    {
        bool left = scenario.Send.Any(step => step is CloseStep { Stream: Transcripts.StreamName.Primary } or ResetStep { Stream: Transcripts.StreamName.Primary });
        var primary = new ExpectedStream { Content = ExpectedContent.Nothing, End = EndRule.Open, OpenFor = s_openFor, Check = !left };
        ExpectedStream aux = primary with
        {
            Connected = false,
            OpenFor = null,
            Check = scenario.Aux.Mode is not (AuxMode.Refuse or AuxMode.NeverAccept or AuxMode.BacklogFull),
        };
        return new ExpectedExchange(primary, aux, [new BasisLine("order", dialect.Properties["aux-connect"].Basis)]) { NeverAnswers = true };
    }

    private static bool HasPort(Scenario scenario) =>
        scenario.Send.OfType<BytesStep>().Any(step => step.Kind == "port" && step.Bytes.Parts.Any(part => part is AuxPortPart));
}
