namespace RexecConformance.Captures;

/// <summary>Packets one after the other, forward only: from a file, or from an interface.</summary>
public interface IPacketSource : IDisposable
{
    /// <summary>Where they come from in a word or two, for reports: the file format, or the interface.</summary>
    string Format { get; }

    /// <summary>Where reading had to stop, or null while all was sound.</summary>
    CaptureFault? Fault { get; }

    /// <summary>The next sound packet, or false at the end or at a fault.</summary>
    /// <param name="packet">Valid until the next call.</param>
    bool TryRead(out CapturedPacket packet);
}
