using System.Text;

namespace RexecConformance.Cli;

/// <summary>
/// Text for people in the log of a build, where a line may be a command to the build server. Commands of two colons stand at the
/// beginning of a line, where nothing of a server's ever does. But <c>##[error]</c> (GitHub), <c>##vso[...]</c> (Azure) and
/// <c>##teamcity[...]</c> are obeyed in the middle of a line too: the bytes of a hostile server could hide annotations or set variables.
/// </summary>
internal sealed class BuildLog : TextWriter
{
    private static readonly bool s_obeys = new[] { "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION" }
        .Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    private readonly TextWriter _log;

    private BuildLog(TextWriter log) => _log = log;

    /// <inheritdoc/>
    public override Encoding Encoding => _log.Encoding;

    /// <summary>Where text for people is written to: the same, unless a build server obeys what it reads there.</summary>
    public static TextWriter Of(TextWriter log) => s_obeys ? new BuildLog(log) : log;

    /// <summary>The text, in which a build server that reads it finds no command.</summary>
    public static string? Harmless(string? text) => s_obeys ? text?.Replace("##", "#\\x23", StringComparison.Ordinal) : text;

    /// <inheritdoc/>
    public override void Write(char value) => _log.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => _log.Write(Harmless(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => _log.WriteLine(Harmless(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Flush() => _log.Flush();
}
