namespace Rexecd;

/// <summary>A command that is to run, and the connections that it inherits.</summary>
/// <param name="Account">Who logged in.</param>
/// <param name="Command">Bytes for <c>sh -c</c>.</param>
/// <param name="Dialect">For the carrier of stderr and the system's limits.</param>
/// <param name="Connections">Primary is standard input and output.</param>
/// <param name="Replies">For a shell that does not start.</param>
/// <param name="Options">How the server runs commands.</param>
/// <param name="Defects">That the server is told to have.</param>
/// <param name="Cancel">Ends the command.</param>
internal sealed record Job(
    Account Account,
    ReadOnlyMemory<byte> Command,
    Dialect Dialect,
    Connections Connections,
    Replies Replies,
    RexecServerOptions Options,
    Defects Defects,
    CancellationToken Cancel)
{
    /// <summary>Stderr goes through a relay, and bytes of the client are signals.</summary>
    public bool Relayed => Connections.Aux is not null && Dialect.Relays;

    /// <summary>The relay stays after the command until the client closes the auxiliary connection.</summary>
    public bool KeepsAux => Connections.Aux is not null && Dialect.StderrCarrier == StderrCarrier.RelayLost;

    /// <summary>The shell takes the place of this process: nothing is left to do here, neither a relay nor a session to close.</summary>
    public bool InPlace => Options.InPlace && !Relayed && !Options.SystemAccounts;

    /// <summary>Lines NAME=value of the command's environment.</summary>
    public IEnumerable<string> Environment => Dialect.Environment.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line
        .Replace("{home}", Cut(Account.Home, Dialect.HomeLength), StringComparison.Ordinal)
        .Replace("{shell}", Cut(Account.EffectiveShell, Dialect.ShellLength), StringComparison.Ordinal)
        .Replace("{shell-field}", Cut(Account.Shell, Dialect.ShellLength), StringComparison.Ordinal)
        .Replace("{path}", Account.Uid == 0 ? Dialect.EnvironmentRootPath : Dialect.EnvironmentPath, StringComparison.Ordinal)
        .Replace("{user}", Cut(Account.Name, Dialect.UserLength), StringComparison.Ordinal)
        .Replace("{client}", Connections.Client.Address.ToString(), StringComparison.Ordinal));

    /// <summary>The command is longer than the system hands to a program (facts 3.9).</summary>
    public bool TooLongForSystem => Command.Length > Dialect.ArgumentLimit;

    /// <summary>Classic servers write the values into buffers, and cut what does not fit (facts 2.9).</summary>
    private static string Cut(string value, int? length) => value.Length > length ? value[..length.Value] : value;
}
