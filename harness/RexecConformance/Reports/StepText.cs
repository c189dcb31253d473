using System.Net.Sockets;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Reports;

/// <summary>What the client does in a scenario, in words.</summary>
internal static class StepText
{
    /// <summary>How things are before the first step.</summary>
    public static IEnumerable<string> Circumstances(Scenario scenario)
    {
        if (scenario.Network == AddressFamily.InterNetworkV6)
        {
            yield return "connects over IPv6";
        }

        foreach (string fault in scenario.Setup.Faults)
        {
            yield return $"the server is made to fail: {fault}";
        }

        foreach (string option in scenario.Setup.Options)
        {
            yield return $"the server is started with the option {option}";
        }

        if (scenario.Others is { } others)
        {
            string leave = others.LeaveAfter is { } after ? $" and leave {Words.Seconds(after)} after this client has connected" : "";
            yield return $"{Words.Count(others.Connected, "other client")} connected before, send nothing{leave}";
        }

        if (scenario.Sessions > 1)
        {
            yield return $"{scenario.Sessions} clients do this at the same time";
        }

        yield return Aux(scenario.Aux);
        if (scenario.Reading is { } reading)
        {
            yield return $"reads slowly: a receive buffer of {reading.Buffer} bytes, and nothing is read until {Words.Seconds(reading.After)} after the last step";
        }
    }

    /// <summary>The steps, each with its number from 1.</summary>
    public static IEnumerable<string> Steps(Scenario scenario, IByteContext context, bool hex = false)
    {
        int number = 0;
        foreach (SendStep step in scenario.Send)
        {
            yield return $"{++number,2}  " + step switch
            {
                BytesStep bytes => $"sends {bytes.Kind,-8} {Sent(bytes.Bytes.Resolve(context), hex)}{Meaning(scenario, bytes)}{Port(bytes)}",
                PauseStep pause => $"pauses {Words.Seconds(pause.Duration)}",
                AwaitAuxStep wait => $"waits for the auxiliary connection, at most {Words.Seconds(wait.Within)}",
                AwaitBytesStep wait =>
                    $"waits until {Words.Of(wait.Stream)} has brought as many bytes as {EscapedBytes.Quote(wait.Bytes.Resolve(context))}, at most {Words.Seconds(wait.Within)}",
                AwaitEndStep wait => $"waits until the server ends {Words.Of(wait.Stream)}, at most {Words.Seconds(wait.Within)}",
                SignalStep signal => $"sends on aux the signal {(signal.Signals.Count == 1 ? "byte" : signal.Together ? "bytes, in one segment," : "bytes, each by itself,")} {string.Join(", ", signal.Signals)}",
                HalfCloseStep half => $"half-closes {Words.Of(half.Stream)} (FIN; reading goes on)",
                CloseStep close => $"closes {Words.Of(close.Stream)}",
                ResetStep reset => $"resets {Words.Of(reset.Stream)} (RST)",
                _ => step.GetType().Name,
            };
        }
    }

    private static string Sent(byte[] bytes, bool hex) => hex ? HexText(bytes) : EscapedBytes.Quote(bytes, null, 120);

    /// <summary>Pairs of digits; what is left out is counted.</summary>
    public static string HexText(byte[] bytes) => bytes.Length == 0 ? "no byte" : ByteText.Hex(bytes.AsSpan(0, Math.Min(bytes.Length, 64))) + (bytes.Length > 64 ? $" ... ({bytes.Length} bytes)" : "");

    // For who knows the protocol by name only. The first field is not always a port: some cases are about what it is instead.
    private static string Meaning(Scenario scenario, BytesStep step) => step.Kind switch
    {
        "port" when step.Bytes.UsesAuxPort => "   (where the client waits for a second connection, for error output)",
        "port" when step.Bytes.Parts.All(part => part is LiteralPart) && step.Bytes.Parts.OfType<LiteralPart>().SelectMany(part => part.Bytes).ToArray() is [(byte)'0', 0] or [0] => "   (no second connection is asked for)",
        "port" => "   (in the place of the port)",
        "username" => "   (who logs in)",
        "command" when scenario.Send.OfType<BytesStep>().Count(one => one.IsField) == 4 => "   (what is to run; with its NUL the request is whole)",
        _ => "",
    };

    private static string Port(BytesStep step) => step.Bytes.Parts.OfType<AuxPortPart>().FirstOrDefault() is { } part
        ? $"   {AccountContext.Port} stands for the port that the client listens on{(part.Plus == 0 ? "" : $"; {part.Plus} is added to it")}"
        : "";

    private static string Aux(AuxBehaviour aux) => aux.Mode switch
    {
        AuxMode.None => "listens for no auxiliary connection",
        AuxMode.Listen => "listens for the auxiliary connection and accepts it at once",
        AuxMode.Refuse => "has a port for the auxiliary connection, but refuses it",
        AuxMode.AcceptLate => $"listens for the auxiliary connection, but accepts it only after {Words.Seconds(aux.After)}",
        AuxMode.NeverAccept => "listens for the auxiliary connection and never accepts it (the kernel has completed it all the same)",
        AuxMode.Reset => "accepts the auxiliary connection and resets it at once",
        AuxMode.BacklogFull => "has a port for the auxiliary connection that never answers",
        _ => "listens for the auxiliary connection on a port below 1024 and accepts it at once",
    };
}
