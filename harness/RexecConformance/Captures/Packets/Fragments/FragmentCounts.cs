namespace RexecConformance.Captures.Packets.Fragments;

/// <summary>What became of fragmented IP packets.</summary>
internal sealed class FragmentCounts
{
    /// <summary>Fragments that became part of a whole packet.</summary>
    public int Used { get; set; }

    /// <summary>IP packets that are in the making.</summary>
    public int Waiting { get; set; }

    /// <summary>IP packets that did not become whole in time.</summary>
    public int Expired { get; set; }

    /// <summary>IP packets that had to make room for others.</summary>
    public int Dropped { get; set; }
}
