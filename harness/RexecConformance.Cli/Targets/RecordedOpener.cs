using RexecConformance.Baselines;
using RexecConformance.Containers.Images;
using RexecConformance.Inetd;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Targets;

/// <summary>Opens <c>recorded:NAME</c>.</summary>
internal static class RecordedOpener
{
    /// <summary>The baseline.</summary>
    /// <exception cref="TargetSpecException">There is none of this name, or its file is damaged.</exception>
    public static Baseline Read(TargetSpec spec)
    {
        string folder = BaselineFolder.Find();
        if (BaselineFolder.PathOf(folder, spec.Argument) is not { } path || !File.Exists(path))
        {
            IReadOnlyList<string> names = BaselineFolder.Names(folder);
            throw new TargetSpecException(
                $"target '{spec.Text}': there is no baseline '{spec.Argument}', expected {(names.Count == 0 ? "one that was recorded (baseline record)" : "one of: " + string.Join(", ", names))}");
        }

        try
        {
            return BaselineFile.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw new TargetSpecException(e.Message);
        }
    }

    /// <summary>The baseline as a target; the deviations are those of the image of the same name, if there is one.</summary>
    /// <exception cref="TargetSpecException">As for <see cref="Read"/>.</exception>
    public static RecordedTarget Open(TargetSpec spec, string dialect)
    {
        Baseline baseline = Read(spec);
        return new RecordedTarget(spec.Text, baseline, dialect.Length > 0 ? dialect : baseline.Dialect, DeviationsOf(spec.Argument));
    }

    private static IReadOnlyList<Deviation> DeviationsOf(string name)
    {
        try
        {
            return ImageDescription.Read(DockerFolder.Find().Image(name)).Profile.Deviations;
        }
        catch (TargetStartException)
        {
            // No image of that name: a baseline of something else has no list of its own.
            return [];
        }
    }
}
