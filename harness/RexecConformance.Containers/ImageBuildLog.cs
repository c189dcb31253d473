using RexecConformance.Inetd;

namespace RexecConformance.Containers;

/// <summary>Keeps the log of a build that failed: the error is one line, and the cause is often far above the last one.</summary>
public static class ImageBuildLog
{
    /// <summary>Writes the log to a temporary file and names it.</summary>
    public static TargetStartException Failed(string image, string log, Exception cause)
    {
        string path = Path.Combine(Path.GetTempPath(), "rexec-conformance-build-" + RunOwner.Current.Run + ".log");
        try
        {
            File.AppendAllText(path, log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TargetStartException($"the image {image} could not be built: {cause.Message}");
        }

        return new TargetStartException($"the image {image} could not be built (log: {path}): {cause.Message}");
    }
}
