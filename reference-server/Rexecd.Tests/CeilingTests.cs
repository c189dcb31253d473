using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>Fields beyond what the server is willing to hold: each dialect's own way to run out of memory, and bounded memory.</summary>
[Collection("alone")]
public class CeilingTests
{
    private const int Ceiling = 1000;

    [Theory]
    [InlineData("debian", "\0good\0secret\0", "\u0001out of memory")]
    [InlineData("inetutils", "\0", "\u0001Out of space reading usernam\n")]
    [InlineData("inetutils", "\0good\0", "\u0001Out of space reading passwor\n")]
    [InlineData("inetutils-pam", "\0good\0secret\0", "\u0001Out of space reading comman\n")]
    [InlineData("inetutils191", "\0", "")]
    [InlineData("bsd44", "\0good\0secret\0", "")]
    [InlineData("bsd44", "", "")]
    public async Task Answer_is_that_of_a_daemon_out_of_memory(string dialect, string before, string expected)
    {
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Dialect = o.Dialect.With("fields.ceiling-bytes", $"{Ceiling}") });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync(before + new string('0', Ceiling));
        Task<Reply> reply = client.ReadPrimaryAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => reply.WaitAsync(TimeSpan.FromMilliseconds(100)));
        await client.SendAsync("0");
        Assert.Equal(expected, (await reply).Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(5000)]
    public void Buffer_holds_no_more_than_the_ceiling_and_loses_nothing(int piece)
    {
        const int Most = 3_000_000;
        var buffer = new FieldBuffer(Most);
        byte[] bytes = [.. Enumerable.Range(0, Most).Select(i => (byte)(i * 7))];
        for (int done = 0; done < Most; done += piece)
        {
            buffer.Write(bytes.AsSpan(done, Math.Min(piece, Most - done)));
            Assert.InRange(buffer.Held, buffer.Count, Most);
            Assert.InRange(buffer.Held, buffer.Count, Math.Max(2 * buffer.Count, 64));
        }

        Assert.True(buffer.Take().Span.SequenceEqual(bytes));
        Assert.Equal((0, 0), (buffer.Count, buffer.Held));
    }

    [Theory]
    [InlineData("inetutils")]
    [InlineData("debian")]
    [InlineData("nuttx")]
    public async Task Command_without_end_costs_bounded_memory(string dialect)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint);
        Task<Reply> reply = client.ReadPrimaryAsync();
        byte[] piece = new byte[1 << 20];
        Array.Fill(piece, (byte)'x');
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        await client.SendAsync("\0good\0secret\0");
        try
        {
            for (int megabyte = 0; megabyte < 1024; megabyte++)
            {
                await client.Primary.SendAsync(piece);
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            }

            Assert.Fail("a gigabyte was taken");
        }
        catch (SocketException)
        {
            // Cut off.
        }

        await reply;
        Assert.InRange(most, 0, 64 << 20);
    }
}
