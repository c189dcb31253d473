namespace RexecConformance.Captures.Live;

/// <summary>A way to capture packets as they pass: an AF_PACKET socket, or a capture library where the feed has one.</summary>
public interface ILiveCaptures
{
    /// <summary>The way in a word or two, for messages.</summary>
    string Name { get; }

    /// <summary>Begins to capture on one interface.</summary>
    /// <param name="interfaceName">As the system names it, such as <c>eth0</c>.</param>
    /// <param name="cancel">Ends the capture: the source then gives what had already passed, for half a second at most, and ends.</param>
    /// <exception cref="IOException">There is no such interface, or this user may not capture on it; the message is one line.</exception>
    IPacketSource Open(string interfaceName, CancellationToken cancel);
}
