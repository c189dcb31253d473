using RexecConformance.Targets;

namespace RexecConformance.Cli.Targets;

/// <summary>The options of a <c>reference</c> target.</summary>
/// <param name="Accounts"><c>system</c>, <c>file</c>, or null if not told: a file's.</param>
/// <param name="Commands"><c>scripted</c>, <c>shell</c> or <c>login</c>.</param>
/// <param name="DialectFile">A file with entries that replace those of the dialect, or null.</param>
internal sealed record ReferenceOptions(string? Accounts, string Commands, string? DialectFile)
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

    /// <summary>Reads them.</summary>
    /// <exception cref="TargetSpecException">An option or a value that there is not.</exception>
    public static ReferenceOptions Read(TargetSpec spec)
    {
        foreach ((string option, string value) in spec.Options)
        {
            if (option != "dialect-file" && !(Choices.TryGetValue(option, out string[]? values) && values.Contains(value)))
            {
                string expected = string.Join(", ", Choices.Select(choice => $"{choice.Key}={string.Join('|', choice.Value)}"));
                throw new TargetSpecException($"target '{spec.Text}': the option {option}={value} is not known, expected {expected} or dialect-file=FILE");
            }
        }

        return new ReferenceOptions(
            spec.Options.GetValueOrDefault("accounts"), spec.Options.GetValueOrDefault("commands", "scripted"), spec.Options.GetValueOrDefault("dialect-file"));
    }
}
