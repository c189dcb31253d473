using System.Net;
using System.Net.Sockets;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Section7;

/// <summary>What one connection must bring. FIN, RST, OPEN, or CLOSED where the table's row allows both FIN and RST.</summary>
internal sealed record Stream(string Text, string End)
{
    public bool Is(Seen seen) => seen.Text == Text && (End == "CLOSED" ? seen.End is "FIN" or "RST" : seen.End == End);
}

/// <summary>One cell: a server's reply, and from when to when (seconds) the primary connection ends.</summary>
internal sealed record Cell(Stream Primary, Stream? Aux = null, double NotBefore = 0, double Within = 5);

/// <summary>One row of the table.</summary>
/// <param name="Name">The row's words, where one row of the table has several requests with the one that is meant.</param>
/// <param name="Request">One character a byte; <c>&lt;p&gt;</c> is the port of the client's listener.</param>
/// <param name="Bsd">Column BSD.</param>
/// <param name="Deb">Column DEB; null: as BSD.</param>
internal sealed record Row(string Name, string Request, Cell Bsd, Cell? Deb = null)
{
    /// <summary>What the client does after its request.</summary>
    public Action<Socket, Socket?>? Act { get; init; }

    /// <summary>Nobody listens on the port of <c>&lt;p&gt;</c>.</summary>
    public bool AuxRefused { get; init; }

    /// <summary>The client's address, where it matters.</summary>
    public IPAddress? From { get; init; }

    /// <summary>How long the client waits for the end.</summary>
    public double Patience { get; init; } = 20;

    /// <summary>Sends the request on a thread of its own, since all calls block.</summary>
    public Task<SeenReply> SendAsync(IPEndPoint server) => Task.Factory.StartNew(
        () => PlainClient.Send(server, Request, Act, Patience, From, AuxRefused),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Fails with both in words if the reply is not the cell's.</summary>
    public static void Compare(Cell cell, SeenReply reply)
    {
        bool same = cell.Primary.Is(reply.Primary)
            && (cell.Aux is null ? reply.Aux is null : reply.Aux is { } aux && cell.Aux.Is(aux))
            && (cell.Primary.End == "OPEN" || (reply.Primary.Seconds >= cell.NotBefore && reply.Primary.Seconds <= cell.Within));
        Assert.True(same, $"""
            expected P {Words(cell.Primary.Text)} {cell.Primary.End} A {(cell.Aux is null ? "none" : Words(cell.Aux.Text) + " " + cell.Aux.End)}, {cell.NotBefore} to {cell.Within} s
            received P {Words(reply.Primary.Text)} {reply.Primary.End} A {(reply.Aux is null ? "none" : Words(reply.Aux.Text) + " " + reply.Aux.End)}, {reply.Primary.Seconds:0.000} s
            """);
    }

    private static string Words(string text) => "\"" + (text.Length < 200 ? text : text[..200] + "...").Replace("\0", "\\0").Replace("\u0001", "\\1").Replace("\n", "\\n") + "\"";
}
