namespace RexecConformance.Captures;

/// <summary>
/// The comment that the suite's own captures have on the first packet of each primary connection. A test server is rarely on port 512, and a
/// request that breaks off has no shape: this tells the reader all the same.
/// </summary>
internal static class PrimaryNote
{
    /// <summary>The comment.</summary>
    public const string Text = "rexec: a primary connection";

    /// <summary>Whether a packet has it.</summary>
    public static bool IsOn(in CapturedPacket packet) => packet.Comments().Contains(Text);
}
