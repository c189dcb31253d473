namespace RexecConformance.Captures.Live;

/// <summary>A source that may lose packets when they come faster than they are read, and knows how many.</summary>
public interface ILossySource : IPacketSource
{
    /// <summary>Packets that passed and were lost so far.</summary>
    long Dropped { get; }
}
