using Posix;

namespace Rexecd;

/// <summary>
/// No more sessions than there are descriptors for: a .NET process that has none left may not be able to start a thread, and
/// ends. Clients beyond it wait, as they do beyond <c>--max-sessions</c>.
/// </summary>
internal static class DescriptorCeiling
{
    /// <summary>For the runtime itself, files that are read, and what a start of a program needs for a moment.</summary>
    private const int Reserve = 32;

    /// <summary>Both connections.</summary>
    private const int OfScripted = 2;

    /// <summary>Both connections, the two ends of the pipe for stderr, the process, and one to spare.</summary>
    private const int OfProcess = 6;

    /// <summary>The options with as many sessions as this process can have.</summary>
    /// <exception cref="ArgumentException">Not even one.</exception>
    public static RexecServerOptions Apply(RexecServerOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            return options;
        }

        int most = (Descriptors.Left() - Reserve) / (options.Commands == CommandMode.Scripted ? OfScripted : OfProcess);
        if (most < 1)
        {
            throw new ArgumentException("too few descriptors for a session: raise the limit of open files (ulimit -n)");
        }

        if (most < options.MaxSessions)
        {
            new ServerLog(options.WithSafeLog().Log).Warning($"the limit of open files is enough for {most} sessions at a time, not for {options.MaxSessions}");
            return options with { MaxSessions = most };
        }

        return options;
    }
}
