using System.CommandLine;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The options that name a target.</summary>
internal static class TargetOptions
{
    public static Option<string[]> Target(string what) => new("--target")
    {
        Description = $"{what}: {TargetSpec.Forms} (default: reference)",
        HelpName = "TARGET",
        DefaultValueFactory = _ => ["reference"],
    };

    public static Option<string?> Dialect(string what) => new("--dialect") { Description = what, HelpName = "NAME" };

    public static Option<string?> DialectFile() => new("--dialect-file")
    {
        Description = "Entries that change the dialect that the reference server serves, to make a faulty one (docs/rexecd.md)",
        HelpName = "FILE",
    };
}
