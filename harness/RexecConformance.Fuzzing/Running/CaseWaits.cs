using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Running;

/// <summary>How long the client of a case may wait by itself: nothing in memory, but real time over sockets.</summary>
internal static class CaseWaits
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);

    /// <summary>Whether it is more than a run over sockets spends on a case that an earlier run kept.</summary>
    public static bool TooLong(FuzzCase one) => one.Companions.Prepend(one).Any(client => client.Aux.Mode == AuxMode.BacklogFull || Of(client) > s_most);

    private static TimeSpan Of(FuzzCase client) => client.Send.Aggregate(client.Aux.After, (sum, step) => sum + step switch
    {
        PauseStep pause => pause.Duration,
        AwaitAuxStep aux => aux.Within,
        AwaitBytesStep bytes => bytes.Within,
        AwaitEndStep end => end.Within,
        _ => TimeSpan.Zero,
    });
}
