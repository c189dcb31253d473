using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rexecd;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Benchmarks;

/// <summary>Cases of a fuzzer over loopback sockets to the reference server in this process: how many a second.</summary>
internal static class SocketsBenchmark
{
    /// <summary>Drives the cases and prints the rate.</summary>
    /// <param name="dialect">What the server serves.</param>
    /// <param name="cases">How many.</param>
    /// <param name="jobs">Cases at once.</param>
    public static async Task<int> RunAsync(string dialect, int cases, int jobs)
    {
        await using RexecServer server = RexecServer.Start(new RexecServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Dialect = Rexecd.Dialect.Load(dialect),
            MaxSessions = 4096,
        });
        IReadOnlyDictionary<string, Dialects.Dialect> known = ScenarioTree.Load(
            "scenarios", Accounts.AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet()).Tree.Dialects;
        var profile = new TargetProfile { Dialect = dialect, Accounts = Accounts.AccountFile.Default };
        string port = server.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        TcpTarget tcp = await TcpTarget.OpenAsync($"reference:{dialect}", $"127.0.0.1:{port}", profile, default);
        await using SocketTarget target = await SocketTarget.OpenAsync(
            tcp, known[dialect], new SocketTargetOptions { Harmless = (_, _) => true, AtOnce = jobs }, default);

        var clock = Stopwatch.StartNew();
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        var outcomes = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        long next = -1;
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Task.Run(async () =>
        {
            for (long number; (number = Interlocked.Increment(ref next)) < cases;)
            {
                FuzzOutcome outcome = await target.AskAsync(Case(number), default);
                string key = $"{number % s_requests.Length} P {Shown(outcome.Primary)} A {Shown(outcome.Aux)} {outcome.Trouble}";
                _ = outcomes.AddOrUpdate(key, 1, (_, count) => count + 1);
            }
        })));
        double seconds = clock.Elapsed.TotalSeconds;
        double spent = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        foreach ((string key, int count) in outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{count,9:n0}  {key}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cases:n0} cases over sockets to reference:{dialect} in {seconds:0.0} s: {cases / seconds:n0} a second, {spent * 1e6 / cases:n0} us of processor each, {jobs} at once"));
        Console.WriteLine(await target.HealthAsync(default) ?? "the server is as it was before");
        return 0;
    }

    private static string Shown(OutcomeStream stream) => !stream.Connected ? "-"
        : $"\"{(stream.Bytes.Length > 40 ? stream.Bytes.Length + " bytes" : ByteText.Escape(stream.Bytes))}\" {stream.End}";

    // What comes often from a generator: logins good and bad, fields too long, requests that are not finished or reset.
    private static readonly (string[] Fields, AuxMode Aux, Fragmentation Cut, SendStep? Last)[] s_requests =
    [
        (["P", "good", "secret", "echo out; echo err >&2"], AuxMode.Listen, new PerFieldFragmentation(), null),
        (["", "good", "secret", "echo out"], AuxMode.None, new WholeFragmentation(), null),
        (["P", "good", "wrong", "true"], AuxMode.Listen, new WholeFragmentation(), null),
        (["", "nobody-known", "x", "true"], AuxMode.None, new WholeFragmentation(), null),
        (["", "abcdefghijklmnopqrstuvwxyz", "x", "true"], AuxMode.None, new PerByteFragmentation(), null),
        (["0", "good", "0123456789abcdefghijkl", "true"], AuxMode.None, new WholeFragmentation(), null),
        (["P", "good", "secret", "true"], AuxMode.Refuse, new WholeFragmentation(), null),
        (["P", "good"], AuxMode.Listen, new WholeFragmentation(), new HalfCloseStep(Transcripts.StreamName.Primary)),
        (["P", "good", "secret"], AuxMode.Listen, new PerByteFragmentation(), new ResetStep(Transcripts.StreamName.Primary)),
        (["", "good", "secret", "exit 7"], AuxMode.None, new PerByteFragmentation(), null),
        (["", "nohome", "secret", "pwd"], AuxMode.None, new WholeFragmentation(), null),
        (["", "good"], AuxMode.None, new WholeFragmentation(), null),
    ];

    private static FuzzCase Case(long number)
    {
        (string[] fields, AuxMode aux, Fragmentation cut, SendStep? last) = s_requests[number % s_requests.Length];
        string[] kinds = ["port", "username", "password", "command"];
        List<SendStep> steps = [.. fields.Select((text, i) => new BytesStep(kinds[i], text == "P"
            ? new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])
            : new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes(text + "\0"))])))];
        if (last is not null)
        {
            steps.Add(last);
        }

        return new FuzzCase { Origin = new CaseOrigin(0, number, "benchmark"), Send = steps, Fragments = cut, Aux = new AuxBehaviour(aux, TimeSpan.Zero) };
    }
}
