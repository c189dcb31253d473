namespace Rexecd;

/// <summary>How the server ended a connection in memory, as its client sees it.</summary>
public enum MemoryEnd
{
    /// <summary>Not yet.</summary>
    Open,

    /// <summary>An orderly close.</summary>
    Fin,

    /// <summary>A reset: it closed while bytes of the client were unread.</summary>
    Rst,

    /// <summary>The client left first.</summary>
    Left,
}
