using RexecConformance.Cli.Tests.Support;
using RexecConformance.Running;

namespace RexecConformance.Cli.Tests;

/// <summary>The same on a machine that is busy with other things: here with nothing but threads that spin.</summary>
[Collection(AloneCollection.Name)]
public sealed class GreenUnderLoadTest
{
    [Theory]
    [MemberData(nameof(GreenTest.Leading), MemberType = typeof(GreenTest))]
    [Trait("needs", "loopback")]
    public async Task It_is_green_as_well(string dialect)
    {
        using var burning = new CancellationTokenSource();
        Thread[] burners = [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Thread(() => Burn(burning.Token)) { IsBackground = true })];
        Array.ForEach(burners, burner => burner.Start());
        try
        {
            GreenTest.Green(await GreenTest.ReferenceAsync(dialect, new RunOptions()));
        }
        finally
        {
            await burning.CancelAsync();
            Array.ForEach(burners, burner => burner.Join());
        }
    }

    private static void Burn(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Thread.SpinWait(10_000);
        }
    }
}
