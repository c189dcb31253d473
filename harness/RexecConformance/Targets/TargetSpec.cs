namespace RexecConformance.Targets;

/// <summary>A target as written on the command line: <c>KIND[:ARGUMENT][,OPTION=VALUE...]</c>.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Kind">reference, memory, tcp, inetd, container, recorded, file.</param>
/// <param name="Argument">What follows the first colon, without options; empty if nothing does.</param>
/// <param name="Options">The options after a comma.</param>
public sealed record TargetSpec(string Text, string Kind, string Argument, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>The kinds that this version has, with their form.</summary>
    public const string Forms = "reference[:DIALECT], tcp:HOST:PORT, inetd:/PATH [ARGS], container:NAME, recorded:NAME, file:TARGET.yaml";

    /// <summary>The kind that only <c>fuzz</c> takes: the reference server without sockets.</summary>
    public const string Memory = "memory";

    /// <summary>Reads a target.</summary>
    /// <exception cref="TargetSpecException">It is none; the message says what was expected.</exception>
    public static TargetSpec Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        string kind = text[..(colon >= 0 && (comma < 0 || colon < comma) ? colon : comma >= 0 ? comma : text.Length)];
        string rest = text[kind.Length..].TrimStart(':');
        var options = new Dictionary<string, string>();
        string argument = rest;

        // The arguments of a daemon may hold commas themselves; only these take options.
        if (kind is "reference" or "memory" or "container")
        {
            string[] parts = rest.Split(',');
            argument = parts[0];
            foreach (string option in parts.Skip(1))
            {
                int equals = option.IndexOf('=', StringComparison.Ordinal);
                if (equals < 1)
                {
                    throw new TargetSpecException($"target '{text}': the option '{option}' is no NAME=VALUE");
                }

                if (!options.TryAdd(option[..equals], option[(equals + 1)..]))
                {
                    throw new TargetSpecException($"target '{text}': the option '{option[..equals]}' is given twice");
                }
            }
        }

        if (kind is not ("reference" or "memory" or "tcp" or "inetd" or "container" or "recorded" or "file"))
        {
            throw new TargetSpecException($"target '{text}': there is no kind '{kind}', expected one of: {Forms}");
        }

        if (kind is not ("reference" or "memory") && argument.Length == 0)
        {
            throw new TargetSpecException($"target '{text}': nothing follows the colon, expected one of: {Forms}");
        }

        if (kind == "inetd" && argument[0] != '/')
        {
            throw new TargetSpecException($"target '{text}': the program must be an absolute path, as in inetd:/usr/sbin/in.rexecd");
        }

        return new TargetSpec(text, kind, argument, options);
    }
}

/// <summary>A target that is written wrongly (usage error).</summary>
/// <param name="message">The whole line.</param>
public sealed class TargetSpecException(string message) : Exception(message)
{
    /// <summary>A file of the target has mistakes.</summary>
    /// <param name="problems">All of them, one or more.</param>
    public TargetSpecException(IReadOnlyList<Yaml.Problem> problems)
        : this(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>The mistakes of the file that describes the target; empty where the fault is another.</summary>
    public IReadOnlyList<Yaml.Problem> Problems { get; } = [];
}
