namespace RexecConformance.Captures;

/// <summary>The input is no capture at all, or of a kind that is not read. The message is one line, made to be shown as it is.</summary>
/// <remarks>A capture that begins well and is damaged later is no exception: see <see cref="CaptureReader.Fault"/>.</remarks>
public sealed class CaptureFormatException(string message) : Exception(message);
