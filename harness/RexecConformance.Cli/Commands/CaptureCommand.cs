using System.CommandLine;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>capture</c>: one file per verb below it.</summary>
internal static class CaptureCommand
{
    public static Command Create() => new("capture", "Works with captures of rexec traffic.")
    {
        CaptureShowCommand.Create(),
        CaptureImportCommand.Create(),
        CaptureReplayCommand.Create(),
        CaptureLiveCommand.Create(),
    };
}
