using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures.Replay;

/// <summary>What came back on one stream when a script was driven.</summary>
/// <param name="Bytes">All bytes received.</param>
/// <param name="End">How the server's direction ended; none while it was still open at the end of the script.</param>
/// <param name="Connected">Whether there was a connection at all.</param>
public sealed record ObservedStream(ReadOnlyMemory<byte> Bytes, EndOfStream End, bool Connected)
{
    /// <summary>No connection.</summary>
    public static ObservedStream Absent { get; } = new(default, EndOfStream.None, false);
}

/// <summary>What came back when a script was driven.</summary>
/// <param name="Primary">The primary stream.</param>
/// <param name="Aux">The aux stream; <see cref="ObservedStream.Absent"/> where the server made none.</param>
/// <param name="AuxInTime">False when a script's AwaitAux ran out of time; null when the script has none.</param>
/// <param name="EndsUncertain">True where a reset cannot be told from a close (a proxy in between): then "closed" is compared.</param>
public sealed record ObservedReplay(ObservedStream Primary, ObservedStream Aux, bool? AuxInTime = null, bool EndsUncertain = false);
