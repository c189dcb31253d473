using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Scenarios;
using Xunit.Abstractions;

namespace RexecConformance.Cli.Tests.Load;

/// <summary>The same with a system's accounts and login shells: each session is a check by PAM, an opened session and a process.</summary>
/// <param name="output">The figures.</param>
[Collection(AloneCollection.Name)]
[SupportedOSPlatform("linux")]
[Trait("needs", "root")]
public sealed class SystemLoadTest(ITestOutputHelper output)
{
    private const int InARow = 500;
    private const int WarmingUp = 10;
    private const int WrongAtOnce = 100;
    private const int Measured = 11;

    // What the scheduler of a small machine may add when a hundred clients have just sent their requests.
    private static readonly TimeSpan s_leastOwnTime = TimeSpan.FromMilliseconds(100);

    [SkippableFact]
    public async Task Sessions_leave_no_descriptor_and_no_child()
    {
        Needs.Namespaces();
        await using ReferenceProcessTarget target = await OpenAsync();
        using LoadClient client = await ClientAsync(target);
        for (int i = 0; i < WarmingUp; i++)
        {
            // What PAM's modules and the look-up of users open once and keep.
            Assert.Equal("\0out\n", await client.RunAsync("good", "secret", "echo out", aux: i % 2 == 0));
        }

        ProcessFigures before = await ProcessFigures.UntilAsync(target.ServerId, f => f.Children == 0, TimeSpan.FromSeconds(3));
        Assert.Equal(0, before.Children);
        for (int i = 0; i < InARow; i++)
        {
            Assert.Equal("\0out\n", await client.RunAsync("good", "secret", "echo out", aux: i % 2 == 0));
        }

        await ManySessionsTest.LeftAsync(target.ServerId, before, left => output.WriteLine($"after {InARow} in a row: {left}, before: {before}"));
        await ManySessionsTest.AllAtOnceAsync(client);
        await ManySessionsTest.LeftAsync(target.ServerId, before, left => output.WriteLine($"after 200 at once: {left}, before: {before}"));
        Assert.Empty(target.Troubles);
    }

    [SkippableFact]
    public async Task A_hundred_wrong_passwords_do_not_delay_a_right_one()
    {
        Needs.Namespaces();
        await using ReferenceProcessTarget target = await OpenAsync();
        using LoadClient client = await ClientAsync(target);
        _ = await MedianAsync(client); // the first login loads PAM's modules
        TimeSpan alone = await MedianAsync(client);
        Socket[] wrong = await Task.WhenAll(Enumerable.Range(0, WrongAtOnce).Select(_ => client.BeginAsync("0\0victim\0wrong\0true\0")));
        var clock = Stopwatch.StartNew();
        Task<string>[] refused = [.. wrong.Select(LoadClient.ReadAsync)];
        TimeSpan among = await MedianAsync(client);
        int waiting = refused.Count(task => !task.IsCompleted);
        string[] answers = await Task.WhenAll(refused);
        output.WriteLine($"a right password alone {alone.TotalMilliseconds:0.0} ms, among {waiting} wrong ones that wait {among.TotalMilliseconds:0.0} ms; all were refused after {clock.Elapsed.TotalSeconds:0.0} s");
        Array.ForEach(wrong, socket => socket.Dispose());
        Assert.True(waiting > WrongAtOnce / 2, $"only {waiting} of {WrongAtOnce} wrong ones were waiting: nothing is shown");
        Assert.All(answers, answer => Assert.DoesNotContain('\0', answer));
        TimeSpan own = alone > s_leastOwnTime ? alone : s_leastOwnTime;
        Assert.InRange(among, TimeSpan.Zero, alone + own);
    }

    private static async Task<TimeSpan> MedianAsync(LoadClient client)
    {
        var times = new List<TimeSpan>();
        for (int i = 0; i < Measured; i++)
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal("\0out\n", await client.RunAsync("good", "secret", "echo out"));
            times.Add(clock.Elapsed);
        }

        times.Sort();
        return times[Measured / 2];
    }

    private static async Task<ReferenceProcessTarget> OpenAsync() => (ReferenceProcessTarget)await TargetOpener.OpenAsync(
        TargetOpener.Plan(["reference:debian,accounts=system,commands=login"], null, Suite.Tree)[0], Fixtures.None, CancellationToken.None);

    private static async Task<LoadClient> ClientAsync(ReferenceProcessTarget target) =>
        new((await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, CancellationToken.None))!);
}
