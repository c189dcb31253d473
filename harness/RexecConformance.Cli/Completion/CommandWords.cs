using System.CommandLine;

namespace RexecConformance.Cli.Completion;

/// <summary>Where in a command line the cursor stands.</summary>
/// <param name="Command">The verb, or the root.</param>
/// <param name="Option">The option whose value is typed, or null.</param>
/// <param name="Argument">The argument that is typed, or null: then it is a verb or the name of an option.</param>
/// <param name="Given">Values of options that were typed before.</param>
/// <param name="Used">Options that were typed before and may be typed only once.</param>
internal sealed record CommandWords(
    Command Command, Option? Option, Argument? Argument, IReadOnlyDictionary<Option, string> Given, IReadOnlySet<Option> Used)
{
    /// <summary>Goes through the words before the cursor.</summary>
    public static CommandWords Of(Command root, IReadOnlyList<string> before)
    {
        Command command = root;
        var given = new Dictionary<Option, string>();
        var used = new HashSet<Option>();
        Option? open = null;
        int arguments = 0;
        bool onlyArguments = false;
        foreach (string word in before)
        {
            if (open is not null)
            {
                given[open] = word;
                open = null;
            }
            else if (word == "--" && !onlyArguments)
            {
                onlyArguments = true;
            }
            else if (!onlyArguments && word.StartsWith('-') && word.Length > 1)
            {
                string name = word.Split('=', 2)[0];
                Option? option = OptionsOf(command).FirstOrDefault(o => Names(o).Contains(name));
                if (option is null)
                {
                    continue;
                }

                if (option.Arity.MaximumNumberOfValues <= 1 && !option.AllowMultipleArgumentsPerToken)
                {
                    _ = used.Add(option);
                }

                if (word.Length > name.Length)
                {
                    given[option] = word[(name.Length + 1)..];
                }
                else if (TakesValue(option))
                {
                    open = option;
                }
            }
            else if (!onlyArguments && arguments == 0 && command.Subcommands.FirstOrDefault(verb => verb.Name == word) is { } verb)
            {
                command = verb;
            }
            else
            {
                arguments++;
            }
        }

        return new CommandWords(command, open, open is null ? ArgumentAt(command, arguments) : null, given, used);
    }

    /// <summary>The options of a verb, those of all verbs among them.</summary>
    public static IEnumerable<Option> OptionsOf(Command command)
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (Option option in at.Options.Where(option => !option.Hidden && (at == command || option.Recursive)))
            {
                yield return option;
            }
        }
    }

    /// <summary>All ways to write an option.</summary>
    public static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>Whether a word follows it.</summary>
    public static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    private static Argument? ArgumentAt(Command command, int place)
    {
        foreach (Argument argument in command.Arguments)
        {
            if (place < argument.Arity.MaximumNumberOfValues)
            {
                return argument;
            }

            place -= argument.Arity.MaximumNumberOfValues;
        }

        return null;
    }
}
