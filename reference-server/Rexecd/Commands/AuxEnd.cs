namespace Rexecd;

/// <summary>The end of the auxiliary connection where a parent relays stderr: after the last of stderr, or a shell that did not start.</summary>
internal static class AuxEnd
{
    public static async Task RunAsync(Job job)
    {
        if (job.KeepsAux)
        {
            await SignalReader.UntilClosedAsync(job.Connections.Aux!, job.Cancel).ConfigureAwait(false);
        }
        else if (job.Relayed)
        {
            SignalReader.End(job.Connections.Aux!);
        }
    }
}
