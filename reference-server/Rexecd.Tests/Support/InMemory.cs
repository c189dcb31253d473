namespace Rexecd.Tests;

/// <summary>Exchanges with a server in memory.</summary>
internal static class InMemory
{
    public const int Port = 40001;

    public static readonly MemoryAux Listening = new(Port, MemoryAuxMode.Accept, default);

    public static MemoryServer Server(string dialect, params string[] faults) =>
        new(faults.Aggregate(new RexecServerOptions { Dialect = Dialect.Load(dialect) }, (all, fault) => all.WithFault(fault)));

    /// <summary>Sends segments, and waits until nothing more comes within 10 s of the server's time.</summary>
    public static Exchanged Exchange(MemoryServer server, MemoryAux aux, params string[] segments)
    {
        using MemoryWorld world = server.Open();
        return Exchange(world, aux, segments);
    }

    public static Exchanged Exchange(MemoryWorld world, MemoryAux aux, params string[] segments)
    {
        MemorySession session = world.Connect(aux);
        foreach (string segment in segments)
        {
            session.Send(ByteText.Bytes(segment));
        }

        Settle(world, session);
        var primary = Of(session.Primary);
        Reply? onAux = session.Aux is { } connection ? Of(connection) : null;
        return new Exchanged(primary, onAux, session.AnsweredAfter, session.Finish(), world.Left);
    }

    /// <summary>Lets ten seconds pass at most.</summary>
    public static void Settle(MemoryWorld world, MemorySession session)
    {
        TimeSpan limit = world.Now + TimeSpan.FromSeconds(10);
        while (!(session.Over && session.Primary.Ended) && world.Advance(limit))
        {
        }
    }

    public static Reply Of(MemoryConnection connection) => new(ByteText.Text(connection.Received), connection.End.ToString().ToLowerInvariant());
}

/// <summary>What came of an exchange in memory.</summary>
internal sealed record Exchanged(Reply Primary, Reply? Aux, int? AnsweredAfter, string? Trouble, int Left);
