using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures;

/// <summary>Finds rexec exchanges among a capture's connections, and the aux connection of each.</summary>
internal static class ConversationFinder
{
    private const int ExecPort = 512;

    /// <param name="connections">All of a capture.</param>
    /// <param name="port">The server's port; null for 512 and, where nothing is on 512, whatever has the shape of a request.</param>
    public static IReadOnlyList<Conversation> Find(IReadOnlyList<TcpConnection> connections, int? port)
    {
        var primaries = connections.Where(connection => connection.Responder.Port == (port ?? ExecPort)).ToList();
        if (primaries.Count == 0 && port is null)
        {
            primaries = [.. connections.Where(connection => RequestShape.Fits(connection))];
        }

        var free = connections.Except(primaries).ToHashSet();
        var found = new List<Conversation>(primaries.Count);
        foreach (var primary in primaries)
        {
            var (aux, outcome) = FindAux(primary, free);
            _ = aux is not null && free.Remove(aux);
            found.Add(new Conversation(found.Count + 1, primary, aux, outcome));
        }

        return found;
    }

    private static (TcpConnection? Aux, AuxOutcome Outcome) FindAux(TcpConnection primary, IReadOnlySet<TcpConnection> free)
    {
        var field = RequestFields.Read(primary.FromInitiator).Port;
        if (field.State == FieldState.Lost)
        {
            return (null, AuxOutcome.Unknown);
        }

        // Without its NUL no server acts on the field.
        var port = field.State == FieldState.Complete ? PortField.Value(field.Bytes.Span) : 0;
        if (port == 0)
        {
            return (null, AuxOutcome.NotAsked);
        }

        var listener = new HostPort(primary.Initiator.Host, port);
        var candidates = free
            .Where(connection => connection.Start.Frame > primary.Start.Frame && OtherEnd(connection, listener) is not null)
            // A server with several addresses may connect from another one; its own is preferred.
            .OrderByDescending(connection => OtherEnd(connection, listener)!.Value.Host == primary.Responder.Host)
            .ThenBy(connection => connection.Index)
            .ToList();
        return candidates.FirstOrDefault() switch
        {
            null => (null, AuxOutcome.NotInFile),
            { Established: null } failed => (failed, AuxOutcome.Failed),
            var aux => (aux, AuxOutcome.Connected),
        };
    }

    // Where the SYN is not in the file, who opened the connection is a guess: then the listener may seem to have done it.
    private static HostPort? OtherEnd(TcpConnection connection, HostPort listener)
    {
        if (connection.Responder == listener)
        {
            return connection.Initiator;
        }

        return connection.Initiator == listener && !connection.InitiatorKnown ? connection.Responder : null;
    }
}
