using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace RexecConformance.Captures;

/// <summary>Where a committed capture comes from: <c>capture.yaml</c> beside it.</summary>
public sealed class CaptureManifest
{
    /// <summary>Format of the manifest: 1.</summary>
    public required int Format { get; init; }

    /// <summary>Name of the capture file in the same folder.</summary>
    public required string File { get; init; }

    /// <summary>What it shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>Server, with version.</summary>
    public required string Daemon { get; init; }

    /// <summary>Client, with version.</summary>
    public required string Client { get; init; }

    /// <summary>Day of the recording, <c>YYYY-MM-DD</c> UTC.</summary>
    public required string Recorded { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string By { get; init; }

    /// <summary>Under which licence, or by whose permission, it may be here.</summary>
    public required string Licence { get; init; }

    /// <summary>Of the file, in lower case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Packets in the file.</summary>
    public required int Packets { get; init; }

    /// <summary>What was taken out or changed after recording; "nothing" where nothing was.</summary>
    public required string Removed { get; init; }

    /// <summary>Anything else that a reader should know.</summary>
    public string? Notes { get; init; }

    /// <summary>Reads a manifest. Unknown and missing keys are errors.</summary>
    /// <exception cref="InvalidDataException">With file, line and column in one line.</exception>
    public static CaptureManifest Load(string path)
    {
        var deserializer = new DeserializerBuilder()
            .WithNamingConvention(HyphenatedNamingConvention.Instance)
            .WithEnforceRequiredMembers()
            .Build();
        try
        {
            using var reader = System.IO.File.OpenText(path);
            return deserializer.Deserialize<CaptureManifest>(reader) ?? throw new InvalidDataException($"{path}: the file is empty");
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{path}:{e.Start.Line}:{e.Start.Column}: {(e.InnerException ?? e).Message}", e);
        }
    }
}
