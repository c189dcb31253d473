namespace Rexecd;

/// <summary>Goes through the steps of a scripted command.</summary>
internal static class ScriptRun
{
    public static async Task RunAsync(Job job, IReadOnlyList<ScriptStep> steps, CancellationToken cancel)
    {
        foreach (ScriptStep step in steps)
        {
            switch (step.Act)
            {
                case ScriptAct.Stdout:
                    await job.Connections.Primary.SendAsync(step.Bytes, cancel).ConfigureAwait(false);
                    break;
                case ScriptAct.Stderr:
                    await job.Replies.CommandStderrAsync(step.Bytes, cancel).ConfigureAwait(false);
                    break;
                case ScriptAct.Input:
                    if (!await ReadAsync(job.Connections.Primary, step.Count, cancel).ConfigureAwait(false) && job.Dialect.HalfClose == HalfClose.EndsSession)
                    {
                        return;
                    }

                    break;
                case ScriptAct.Signals when job.Connections.Aux is { } aux:
                    _ = await ReadAsync(aux, step.Count, cancel).ConfigureAwait(false);
                    break;
                case ScriptAct.InputEnd or ScriptAct.Hold:
                    _ = await ReadAsync(job.Connections.Primary, int.MaxValue, cancel).ConfigureAwait(false);
                    if (job.Dialect.HalfClose == HalfClose.EndsSession)
                    {
                        return;
                    }

                    break;
            }
        }
    }

    /// <summary>False if the stream ended before so many bytes came.</summary>
    private static async Task<bool> ReadAsync(IConnection from, int count, CancellationToken cancel)
    {
        byte[] buffer = new byte[16384];
        while (count > 0)
        {
            int read = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(count, buffer.Length)), cancel).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            count = count == int.MaxValue ? count : count - read;
        }

        return true;
    }
}
