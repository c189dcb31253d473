using System.Net;
using System.Net.Sockets;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Drives the clients of one case, which take turns act by act.</summary>
internal sealed class SocketCase(IPEndPoint server, ITarget target, Ports ports, Patience patience)
{
    private const int MostTries = 20;
    private static readonly TimeSpan s_connectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);

    /// <summary>Drives all clients; the outcomes are in the order of the cases.</summary>
    /// <param name="cases">The case and its companions.</param>
    /// <param name="cancel">Gives up at once.</param>
    public async Task<FuzzOutcome[]> DriveAsync(FuzzCase[] cases, CancellationToken cancel)
    {
        var clients = new List<Client>(cases.Length);
        try
        {
            foreach (FuzzCase one in cases)
            {
                clients.Add(await OpenAsync(one, cancel));
            }

            int most = clients.Max(client => client.Steps.Count);
            for (int act = 0; act < most; act++)
            {
                foreach (Client client in clients.Where(c => act < c.Steps.Count && c.Trouble is null))
                {
                    await client.Exchange.DoAsync(client.Steps[act], cancel);
                }
            }

            return await Task.WhenAll(clients.Select(client => OutcomeAsync(client, cancel)));
        }
        finally
        {
            foreach (Client client in clients)
            {
                client.Exchange.Dispose();
                if (client.Listener is { } listener)
                {
                    ports.Over.Take(listener);
                }
            }
        }
    }

    private async Task<Client> OpenAsync(FuzzCase one, CancellationToken cancel)
    {
        AuxListener? listener = one.Aux.Mode == AuxMode.None ? null : await LendAsync(one.Aux, cancel);
        try
        {
            IReadOnlyList<WireStep> steps = CaseSteps.Of(one, target.Shell, new TargetContext(target, listener?.Port ?? 0));
            for (int tries = 1; ; tries++)
            {
                var exchange = new SocketExchange(server.AddressFamily, listener, patience.Of(steps), ports.Lateness);
                var client = new Client(exchange, steps, listener);
                try
                {
                    using var connecting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                    await ports.Connecting.WaitAsync(cancel);
                    try
                    {
                        connecting.CancelAfter(s_connectWithin);
                        await exchange.ConnectAsync(server, connecting.Token);
                    }
                    finally
                    {
                        _ = ports.Connecting.Release();
                    }

                    return client;
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    return client with { Trouble = $"the server does not accept: no answer within {s_connectWithin.TotalSeconds:0} s" };
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.TooManyOpenSockets && tries < MostTries)
                {
                    // This host has no free port or descriptor just now: that is no fault of the server.
                    exchange.Dispose();
                    await Task.Delay(s_again, cancel);
                }
                catch (SocketException e)
                {
                    return client with { Trouble = $"the server does not accept: {e.Message}" };
                }
            }
        }
        catch
        {
            listener?.Dispose();
            throw;
        }
    }

    private async Task<AuxListener> LendAsync(AuxBehaviour behaviour, CancellationToken cancel)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await ports.Listeners.LendAsync(target.AuxAddress(server.AddressFamily), behaviour, cancel);
            }
            catch (SocketException) when (tries < MostTries)
            {
                await Task.Delay(s_again, cancel); // as above: ports come back
            }
        }
    }

    private static async Task<FuzzOutcome> OutcomeAsync(Client client, CancellationToken cancel)
    {
        if (client.Trouble is { } trouble)
        {
            return new FuzzOutcome { Primary = OutcomeStream.None, Aux = OutcomeStream.None, AuxPort = client.Listener?.Port ?? 0, Trouble = trouble };
        }

        Transcript transcript = await client.Exchange.FinishAsync(cancel);
        return new FuzzOutcome
        {
            Primary = Stream(transcript.Primary),
            Aux = Stream(transcript.Aux),
            AuxPort = client.Listener?.Port ?? 0,
            AnsweredAfter = AnswerTime.Of(transcript),
            Trouble = transcript.UnmetAwaits.FirstOrDefault(text => text.StartsWith("the server opened", StringComparison.Ordinal)),
            Duration = transcript.Duration,
            Transcript = transcript,
        };
    }

    private static OutcomeStream Stream(StreamTranscript stream) =>
        stream.Connected ? new OutcomeStream(true, stream.Bytes, stream.End) { EndedAt = stream.End == StreamEnd.Open ? null : stream.EndAt } : OutcomeStream.None;

    private sealed record Client(SocketExchange Exchange, IReadOnlyList<WireStep> Steps, AuxListener? Listener)
    {
        public string? Trouble { get; init; }
    }
}
