namespace Rexecd;

/// <summary>What writers of rexec servers get wrong, one each, for whoever wants to see that it is found (docs/rexecd.md).</summary>
public enum Defect
{
    /// <summary>Limits of user name, password and command are counted in characters of UTF-8, not in bytes.</summary>
    LimitInCharacters,

    /// <summary>The status byte is sent when the password is right, before the command is read.</summary>
    EarlyStatus,

    /// <summary>A field is called too long at its first byte too many, before the byte at which the dialect says so.</summary>
    EarlyDiagnostic,

    /// <summary>One receive is taken for one field: what follows in the segment is lost, and a field in two segments is cut.</summary>
    OneReceivePerField,

    /// <summary>The status byte is missing.</summary>
    LostStatus,

    /// <summary>A refused login is answered, and the connections stay.</summary>
    HangsAfterRefusal,

    /// <summary>The auxiliary connection is never closed.</summary>
    AuxLeftOpen,

    /// <summary>Each refused login leaves a descriptor open (<c>/dev/null</c>).</summary>
    LeakedDescriptor,

    /// <summary>The end of a command's shell is never collected: a zombie for each (real shells only).</summary>
    ChildLeft,

    /// <summary>A user name with a byte above 0x7f ends the server.</summary>
    EndsAtEightBit,

    /// <summary>The last byte of each diagnostic's text is lost.</summary>
    LostLastByte,

    /// <summary>The terminator of each diagnostic comes twice.</summary>
    DoubleTerminator,

    /// <summary>What follows the request is sent back before the command runs.</summary>
    EchoedRest,

    /// <summary>The buffer of the user name is not cleared between sessions: a shorter name has the tail of the one before.</summary>
    KeptUserName,
}
