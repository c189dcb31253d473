using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Fuzzing.Faulty;

/// <summary>A server with one defect: a dialect with an entry changed (<c>NAME.yaml</c> in this folder), or one that no dialect file can make (<c>fault=NAME</c>).</summary>
/// <param name="Name">The file without its extension, or the defect.</param>
/// <param name="Base">The dialect that it has otherwise.</param>
/// <param name="IsFile">Whether it is a file.</param>
internal sealed record FaultyServer(string Name, string Base, bool IsFile)
{
    // What goes wrong there needs a long field: it can't show with less.
    private static readonly string[] s_long = ["argument-limit-one-less", "command-limit-one-less", "password-limit-128-one-less"];

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, FaultyServer> All { get; } = Files().Concat(Defects()).ToDictionary(one => one.Name);

    /// <summary>Whether it can't show with a request of fewer than 64 bytes.</summary>
    public bool NeedsLongField => s_long.Contains(Name);

    /// <summary>Whether what is wrong is left behind in the process: there is nothing to see of it in memory.</summary>
    public bool NeedsSockets => Name == "leaked-descriptor";

    /// <summary>Whether it shows only to a client that waits for a minute, which costs nothing where time is virtual.</summary>
    public bool NeedsVirtualTime => Name.StartsWith("port-time-out-", StringComparison.Ordinal);

    /// <summary>Whether its dialect's documents leave open what is wrong: only a right server beside it shows it.</summary>
    public bool NeedsAnother => Name == "half-close-ignored";

    /// <summary>The target with the defect.</summary>
    /// <param name="kind"><c>memory</c> or <c>reference</c>.</param>
    public string Target(string kind) => $"{kind}:{Base},{(IsFile ? $"dialect-file={Path.Combine(Folder, Name + ".yaml")}" : $"fault={Name}")}";

    private static string Folder => Path.Combine(Repository.Root, "harness", "RexecConformance.Cli.Tests", "Fuzzing", "Faulty");

    private static IEnumerable<FaultyServer> Files() => Directory.GetFiles(Folder, "*.yaml")
        .Select(file => new FaultyServer(
            Path.GetFileNameWithoutExtension(file),
            File.ReadLines(file).Single(line => line.StartsWith("dialect: ", StringComparison.Ordinal))["dialect: ".Length..],
            IsFile: true));

    private static IEnumerable<FaultyServer> Defects() => new[]
    {
        ("limit-in-characters", "debian"), ("early-status", "bsd44"), ("early-diagnostic", "bsd44"), ("one-receive-per-field", "bsd44"),
        ("lost-status", "debian"), ("hangs-after-refusal", "bsd44"), ("aux-left-open", "bsd44"), ("ends-at-eight-bit", "bsd44"),
        ("lost-last-byte", "netkit"), ("double-terminator", "netkit"), ("echoed-rest", "bsd44"), ("kept-user-name", "bsd44"), ("leaked-descriptor", "bsd44"),
    }.Select(pair => new FaultyServer(pair.Item1, pair.Item2, IsFile: false));
}
