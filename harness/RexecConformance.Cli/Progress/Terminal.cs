namespace RexecConformance.Cli.Progress;

/// <summary>What the standard streams are, and what the environment says about them.</summary>
internal static class Terminal
{
    /// <summary>True if a line on standard error may change in place: somebody looks on, at a terminal that can.</summary>
    public static bool Live => !Console.IsErrorRedirected && Able(Environment.GetEnvironmentVariable) && VirtualTerminal.Enable();

    /// <summary>True if colour may be written: to a terminal that has some, and NO_COLOR is not set.</summary>
    public static bool Colour(TextWriter output) =>
        !(output == Console.Out ? Console.IsOutputRedirected : Console.IsErrorRedirected) && Coloured(Environment.GetEnvironmentVariable);

    /// <summary>Whether the environment allows a line that changes: no dumb terminal, and no build server, which keeps every change as a line.</summary>
    internal static bool Able(Func<string, string?> variable) => variable("TERM") is not ("dumb" or "unknown") && (variable("CI") is null or "" or "false" or "0");

    /// <summary>Whether the environment allows colour.</summary>
    internal static bool Coloured(Func<string, string?> variable) => string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") is not "dumb";

    /// <summary>How many characters a line of standard error has.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : 80;
            }
            catch (Exception e) when (e is IOException or PlatformNotSupportedException)
            {
                return 80;
            }
        }
    }
}
