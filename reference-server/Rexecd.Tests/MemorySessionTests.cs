namespace Rexecd.Tests;

/// <summary>A session in memory shows a client what Linux shows it over loopback, in a time of its own.</summary>
public class MemorySessionTests
{
    private const string Right = "\0good\0secret\0";

    [Fact]
    public void Unread_bytes_turn_the_close_into_a_reset()
    {
        Assert.Equal(new Reply("\0out\n", "rst"), InMemory.Exchange(InMemory.Server("bsd44"), MemoryAux.None, Right + "echo out\0unread").Primary);
        Assert.Equal(new Reply("\u0001username too long\n", "rst"), InMemory.Exchange(InMemory.Server("bsd44"), MemoryAux.None, "\0abcdefghijklmnopq\0").Primary);
        Assert.Equal(new Reply("\u0001username too long\n", "fin"), InMemory.Exchange(InMemory.Server("bsd44"), MemoryAux.None, "\0abcdefghijklmnop", "q\0").Primary);
    }

    [Fact]
    public void What_the_server_can_do_it_has_done_when_a_call_returns()
    {
        using MemoryWorld world = InMemory.Server("bsd44").Open();
        MemorySession session = world.Connect(MemoryAux.None);
        int thread = Environment.CurrentManagedThreadId;
        session.Send(ByteText.Bytes(Right + "cat\0"));
        Assert.Equal("\0", ByteText.Text(session.Primary.Received));
        session.Send("in"u8.ToArray());
        session.Send("put"u8.ToArray());
        Assert.Equal("\0input", ByteText.Text(session.Primary.Received));
        Assert.False(session.Primary.Ended);
        session.Primary.HalfClose();
        Assert.Equal((new Reply("\0input", "fin"), true), (InMemory.Of(session.Primary), session.Over));
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Time_passes_only_when_it_is_told_to()
    {
        using MemoryWorld world = InMemory.Server("bsd44").Open();
        MemorySession session = world.Connect(MemoryAux.None);
        session.Send(ByteText.Bytes(Right + "sleep 2\0"));
        Assert.False(world.Advance(TimeSpan.FromSeconds(1.999)));
        Assert.Equal(new Reply("\0", "open"), InMemory.Of(session.Primary));
        Assert.True(world.Advance(TimeSpan.FromSeconds(5)));
        Assert.Equal((new Reply("\0", "fin"), TimeSpan.FromSeconds(2)), (InMemory.Of(session.Primary), session.Primary.EndedAt));
    }

    [Fact]
    public void Port_time_out_ends_a_silent_client_after_a_minute()
    {
        using MemoryWorld world = InMemory.Server("bsd44").Open();
        MemorySession session = world.Connect(MemoryAux.None);
        while (!session.Over && world.Advance(TimeSpan.FromMinutes(2)))
        {
        }

        Assert.Equal((new Reply("", "fin"), TimeSpan.FromMinutes(1), null), (InMemory.Of(session.Primary), session.Primary.EndedAt, session.Finish()));
    }

    [Theory]
    [InlineData(MemoryAuxMode.Accept, "\0out\n", "fin", "err\n", "fin")]
    [InlineData(MemoryAuxMode.Refuse, "", "rst", null, null)]
    [InlineData(MemoryAuxMode.Reset, "\0out\n", "fin", "", "left")]
    [InlineData(MemoryAuxMode.NeverAccept, "\0out\n", "fin", null, null)]
    [InlineData(MemoryAuxMode.Unanswered, "", "open", null, null)]
    public void Each_client_has_its_way_with_the_auxiliary_connection(MemoryAuxMode mode, string primary, string end, string? aux, string? auxEnd)
    {
        Exchanged seen = InMemory.Exchange(
            InMemory.Server("bsd44"), new MemoryAux(InMemory.Port, mode, default), $"{InMemory.Port}{Right}echo out; echo err >&2\0");
        Assert.Equal((new Reply(primary, end), aux is null ? null : new Reply(aux, auxEnd!), null), (seen.Primary, seen.Aux, seen.Trouble));
    }

    [Fact]
    public void A_client_that_accepts_late_sees_all_then()
    {
        using MemoryWorld world = InMemory.Server("bsd44").Open();
        MemorySession session = world.Connect(new MemoryAux(InMemory.Port, MemoryAuxMode.Accept, TimeSpan.FromSeconds(3)));
        session.Send(ByteText.Bytes($"{InMemory.Port}{Right}cat >&2\0text"));
        Assert.Equal((null, true), (session.Aux, session.AuxWaits));
        Assert.True(world.Advance(TimeSpan.FromSeconds(4)));
        Assert.Equal((new Reply("text", "open"), TimeSpan.FromSeconds(3)), (InMemory.Of(session.Aux!), session.AuxAt));
    }

    [Fact]
    public void Another_port_than_the_clients_is_refused() =>
        Assert.Equal("", InMemory.Exchange(InMemory.Server("bsd44"), InMemory.Listening, $"{InMemory.Port + 1}{Right}true\0").Primary.Text);

    [Fact]
    public void A_reset_ends_the_session_and_what_came_before_it_is_kept()
    {
        using MemoryWorld world = InMemory.Server("bsd44").Open();
        MemorySession session = world.Connect(MemoryAux.None);
        session.Send(ByteText.Bytes(Right + "sleep 2\0"));
        session.Send(ByteText.Bytes("more"));
        session.Primary.Leave(reset: true);
        Assert.Equal((new Reply("\0", "left"), false), (InMemory.Of(session.Primary), session.Over));
        Assert.True(world.Advance(TimeSpan.FromSeconds(3)));
        Assert.Equal((true, null), (session.Over, session.Finish()));
    }

    [Fact]
    public void A_signal_reaches_the_command()
    {
        using MemoryWorld world = InMemory.Server("bsd44").Open();
        MemorySession session = world.Connect(InMemory.Listening);
        session.Send(ByteText.Bytes($"{InMemory.Port}{Right}trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done\0"));
        Assert.Equal("\0ready\n", ByteText.Text(session.Primary.Received));
        Assert.True(session.Aux!.Send([15]));
        Assert.Equal((new Reply("\0ready\ncaught\n", "fin"), new Reply("", "fin"), TimeSpan.Zero), (InMemory.Of(session.Primary), InMemory.Of(session.Aux), world.Now));
    }

    [Fact]
    public void A_server_that_writes_without_end_is_held_up()
    {
        using MemoryWorld world = InMemory.Server("inetutils191").Open();
        MemorySession session = world.Connect(MemoryAux.None);
        session.Send(ByteText.Bytes("\0go"));
        session.Primary.HalfClose();
        while (world.Advance(TimeSpan.FromSeconds(10)))
        {
        }

        Assert.Equal((MemoryConnection.MostKept, true, MemoryEnd.Open), (session.Primary.Received.Length, session.Primary.Overflow, session.Primary.End));
        Assert.Null(session.Finish());
        Assert.True(session.Over);
    }

    [Fact]
    public void A_server_that_hangs_is_open_and_ends_when_it_is_left()
    {
        Exchanged seen = InMemory.Exchange(InMemory.Server("interix"), InMemory.Listening, $"{InMemory.Port}{Right}true\0");
        Assert.Equal((new Reply("", "open"), null, null, null), (seen.Primary, seen.Aux, seen.AnsweredAfter, seen.Trouble));
    }

    [Fact]
    public void Bytes_before_the_first_answer_are_counted()
    {
        Assert.Equal(18, InMemory.Exchange(InMemory.Server("bsd44"), MemoryAux.None, "\0good\0", "secret\0true\0", "rest").AnsweredAfter);
        Assert.Equal(17, InMemory.Exchange(InMemory.Server("bsd44"), MemoryAux.None, "\0abcdefghijklmnop", "more").AnsweredAfter);
    }

    [Fact]
    public void Sessions_of_one_server_share_its_time()
    {
        using MemoryWorld world = InMemory.Server("debian").Open();
        MemorySession first = world.Connect(MemoryAux.None);
        first.Send(ByteText.Bytes("\0good\0wrong\0true\0"));
        Assert.False(world.Advance(TimeSpan.FromSeconds(1)));
        MemorySession second = world.Connect(MemoryAux.None);
        second.Send(ByteText.Bytes("\0good\0wrong\0true\0"));
        while (world.Advance(TimeSpan.FromSeconds(10)))
        {
        }

        Assert.Equal(TimeSpan.FromSeconds(1), second.Primary.EndedAt - first.Primary.EndedAt);
    }

    [Fact]
    public void Real_shells_need_sockets() =>
        Assert.Throws<ArgumentException>(() => new MemoryServer(new RexecServerOptions { Commands = CommandMode.Shell }));
}
