using System.CommandLine;
using System.CommandLine.Parsing;

namespace RexecConformance.Cli;

/// <summary>A path that is empty, mostly a variable of a script that was never set.</summary>
internal static class EmptyPath
{
    /// <summary>Which file or folder was given with no name, in one line; null if there is none.</summary>
    public static string? Find(ParseResult parsed) => parsed.CommandResult.Children
        .Where(given => given.Tokens.Any(token => token.Value.Length == 0))
        .Select(given => given switch
        {
            OptionResult option => Expected(option.IdentifierToken?.Value ?? option.Option.Name, option.Option.HelpName),
            ArgumentResult argument => Expected(argument.Argument.Name, argument.Argument.Name),
            _ => null,
        })
        .FirstOrDefault(line => line is not null);

    private static string? Expected(string name, string? kind) => kind switch
    {
        "FILE" => $"{name} is empty, expected the path of a file",
        "FIND" => $"{name} is empty, expected the path of a find of a fuzz run",
        "DIR" => $"{name} is empty, expected the path of a folder",
        _ => null,
    };
}
