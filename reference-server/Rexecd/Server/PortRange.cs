namespace Rexecd;

/// <summary>TCP ports from the lowest to the highest, both included.</summary>
/// <param name="Low">At least 1.</param>
/// <param name="High">At least <paramref name="Low"/>.</param>
public readonly record struct PortRange(ushort Low, ushort High)
{
    /// <summary>True if the port is one of them.</summary>
    public bool Contains(ushort port) => port >= Low && port <= High;
}
