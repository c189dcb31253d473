using System.Globalization;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Reports;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>What a scenario of a find is called where a person names nothing: after what goes wrong, and what the client does.</summary>
public static class PromotedNames
{
    private const string Waits = "waits-in-";
    private const string Ends = "eof-in-";

    /// <summary>The id: the kind without its oracle and dialect, which are no part of the fault.</summary>
    public static string Id(FuzzFind find)
    {
        string whole = find.Kind;
        string prefix = $"{find.Oracle}-{find.Sides[find.Guilty].Dialect}-";
        string rest = whole.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? whole[prefix.Length..] : whole;
        const string Usual = "primary-bytes-";
        rest = rest.StartsWith(Usual, StringComparison.Ordinal) ? rest[Usual.Length..] : rest;
        return rest.Length == 0 ? whole : rest;
    }

    /// <summary>The title: what the client does, and what it must get for it.</summary>
    public static string Title(FuzzFind find, IByteContext context)
    {
        string request = FindTitle.Request(find.Smallest, context);
        return PlainText.OneLine($"{char.ToUpperInvariant(request[0])}{request[1..]}{Outcome(find.Sides[find.Guilty].Reply)}");
    }

    /// <summary>The story: the sentence of the run on who answered what.</summary>
    public static string Story(FuzzFind find)
    {
        string often = find.Repeats.Shown < find.Repeats.Asked
            ? string.Create(CultureInfo.InvariantCulture, $" It showed {find.Repeats.Shown} of {find.Repeats.Asked} times.")
            : "";
        return PlainText.OneLine($"The run said: {find.Title}.{often}");
    }

    /// <summary>
    /// The command that makes the case again: the find's own names files of whoever found it. A case that the corpus kept has the seed
    /// of the run that made it.
    /// </summary>
    public static string Command(FuzzFind find)
    {
        string command = find.Command;
        int replay = command.IndexOf(" --replay ", StringComparison.Ordinal);
        command = replay < 0 ? command : command[..replay];
        int scenarios = command.IndexOf(" --scenarios ", StringComparison.Ordinal);
        if (scenarios >= 0)
        {
            int next = command.IndexOf(" --", scenarios + 1, StringComparison.Ordinal);
            command = command[..scenarios] + (next < 0 ? "" : command[next..]);
        }

        return PlainText.OneLine(string.Create(CultureInfo.InvariantCulture, $"{command} --seed {find.Case.Origin.Seed} --cases {find.Case.Origin.Number + 1}"));
    }

    private static string Outcome(string reply) => reply switch
    {
        "accepted" => ": the login is accepted",
        "unspecified" or "client-left" or "" => "",
        _ when reply.StartsWith(Waits, StringComparison.Ordinal) => $": the server waits for the rest of the {Field(reply[Waits.Length..])}",
        _ when reply.StartsWith(Ends, StringComparison.Ordinal) => $": the request ends within the {Field(reply[Ends.Length..])}",
        _ => $": {reply.Replace('-', ' ')}",
    };

    private static string Field(string word) => word == "username" ? "user name" : word;
}
