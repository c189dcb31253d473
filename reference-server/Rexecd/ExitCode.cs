namespace Rexecd;

/// <summary>Exit codes of the command.</summary>
internal enum ExitCode
{
    /// <summary>Ended by SIGTERM, or nothing to serve (--help, --print-dialect).</summary>
    Success = 0,

    /// <summary>Bad usage, unknown dialect, invalid file.</summary>
    Usage = 2,

    /// <summary>The address cannot be listened on.</summary>
    NotStarted = 3,

    /// <summary>Ended by itself (<see cref="Defect.EndsAtEightBit"/>).</summary>
    Failed = 5,

    /// <summary>Ended by SIGINT.</summary>
    Interrupted = 130,
}
