using Rexecd;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Targets;

/// <summary>The options of a <c>reference</c> or <c>memory</c> target.</summary>
/// <param name="Accounts"><c>system</c>, <c>file</c>, or null if not told: a file's.</param>
/// <param name="Commands"><c>scripted</c>, <c>shell</c> or <c>login</c>.</param>
/// <param name="DialectFile">A file with entries that replace those of the dialect, or null.</param>
/// <param name="Faults">Failures that it shows and defects that it has, as after <c>rexecd --fault</c>.</param>
internal sealed record ReferenceOptions(string? Accounts, string Commands, string? DialectFile, IReadOnlyList<string> Faults)
{
    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["accounts"] = ["system", "file"],
        ["commands"] = ["scripted", "shell", "login"],
    };

    /// <summary>
    /// Whether the server runs as a process of its own in a mount namespace: accounts of a system, and users to become, are
    /// there and nowhere else.
    /// </summary>
    public bool OwnProcess => Accounts is not null || Commands == "login";

    /// <summary>Whether real shells run what clients ask for.</summary>
    public bool RealShells => Commands != "scripted";

    /// <summary>A server's options with the failures and defects.</summary>
    /// <exception cref="TargetSpecException">There is no such failure and no such defect.</exception>
    public RexecServerOptions WithFaults(TargetSpec spec, RexecServerOptions options)
    {
        try
        {
            return Faults.Aggregate(options, (all, name) => all.WithFault(name));
        }
        catch (FileFormatException e)
        {
            throw new TargetSpecException($"target '{spec.Text}': {e.Message.Replace("--fault", "fault", StringComparison.Ordinal)}");
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="TargetSpecException">An option or a value that there is not.</exception>
    public static ReferenceOptions Read(TargetSpec spec)
    {
        foreach ((string option, string value) in spec.Options)
        {
            if (option is not ("dialect-file" or "fault") && !(spec.Kind == "reference" && Choices.TryGetValue(option, out string[]? values) && values.Contains(value)))
            {
                string expected = spec.Kind == "reference" ? string.Concat(Choices.Select(choice => $"{choice.Key}={string.Join('|', choice.Value)}, ")) : "";
                throw new TargetSpecException($"target '{spec.Text}': the option {option}={value} is not known, expected {expected}fault=NAME[+NAME...] or dialect-file=FILE");
            }
        }

        return new ReferenceOptions(
            spec.Options.GetValueOrDefault("accounts"), spec.Options.GetValueOrDefault("commands", "scripted"), spec.Options.GetValueOrDefault("dialect-file"), spec.Options.GetValueOrDefault("fault")?.Split('+') ?? []);
    }
}
