using System.CommandLine;
using System.CommandLine.Parsing;
using RexecConformance.Authoring;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>new</c>: its options. <see cref="NewSession"/> does the work.</summary>
internal static class NewCommand
{
    private static readonly string[] s_acts = ["--send", "--hex", "--pause", "--signal", "--half-close", "--reset"];

    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The scenario's id: lower case letters, digits, hyphens; never used before" };
        Option<string?> title = Text("--title", "TEXT", "One line that says what a server does (default: made of the id)");
        var level = new Option<string?>("--level") { Description = "How strong the demand is (default: info)", HelpName = "must|should|may|dialect|info" };
        Option<string[]> requires = Texts("--requires", "ID", "A requirement that it covers; may be repeated");
        Option<string[]> tag = Texts("--tag", "TAG", "A word to choose by; may be repeated");
        Option<string[]> needs = Texts("--needs", "WORD", "What a target must have, such as ipv6 or real-shell; may be repeated");
        Option<string[]> dependsOn = Texts("--depends-on", "ID", "A scenario without which this one is blocked; may be repeated");
        Option<string?> port = Text("--port", "none|aux|TEXT", "The first field: none (0: no auxiliary connection), aux (a port that the client listens on), or text");
        Option<string?> user = Text("--user", "KEY", "The user: an account of docker/accounts.yaml, or =TEXT (default: good)");
        Option<string?> password = Text("--password", "KEY", "The password: an account's, or =TEXT (default: the user's own)");
        Option<string?> run = Text("--command", "TEXT", "The command: an operation such as write-out, or text for the target's shell (default: write-out)");
        Option<string?> aux = Text("--aux", "MODE", "What the client does about the auxiliary connection: listen, refuse, accept-late=300ms, reset, ... (default: listen if the port asks for it)");
        Option<string[]> fragments = Texts("--fragments", "NAME", "A segmentation: whole, per-field, per-byte, split-1-7, after-port; may be repeated");
        Option<string[]> expect = Texts("--expect", "WHAT", $"What must come back: {DraftExpectation.Forms}; before it conditions, 'username-limit<15: refused=username-too-long'; may be repeated");
        Option<string[]> dialect = Texts("--dialect", "NAME[=WHAT]", "What one dialect answers otherwise, as with --expect; or with --observe what the target is judged by; may be repeated");
        Option<string?> end = Text("--end", "END", "How the server ends the connection: fin, rst, closed, unread, open[=300ms]");
        Option<string?> stderr = Text("--stderr", "TEXT", "Error output of a command that runs");
        Option<string?> expectAux = Text("--expect-aux", "WHAT", "What must come on the auxiliary connection: bytes=TEXT, hex=DIGITS, beginning=TEXT, nothing, none, any");
        Option<string?> basis = Text("--basis", "'KIND: SOURCE, PLACE'", "Who says so: documented, source, observed or inferred");
        Option<string?> observe = Text("--observe", "TARGET", "Drive it on a target, three times, and write what came each time as the expectation of its dialect");
        Option<string?> server = Text("--server", "TEXT", "With --observe: the daemon with its version (default: what the target tells)");
        Option<string?> notes = Text("--notes", "TEXT", "What a reader should know");
        Option<string?> output = Text("--output", "FILE", "Write this file, - is standard output (default: cases/ID.yaml in the folder of scenarios)");
        output.Aliases.Add("-o");
        var force = new Option<bool>("--force") { Description = "Replace the file if it is there" };
        var acts = s_acts.Select(name => name is "--half-close" or "--reset"
            ? Texts(name, "primary|aux", name == "--half-close" ? "Send no more on this connection, but read on (default: primary)" : "Reset this connection (default: primary)", optional: true)
            : Texts(name, name switch { "--pause" => "TIME", "--signal" => "N", "--hex" => "DIGITS", _ => "TEXT" }, name switch
            {
                "--send" => "Bytes with the escapes \\0 \\n \\xHH and places such as ${good.name}: alone the whole request, after fields input of the command; may be repeated",
                "--hex" => "The same as hexadecimal digits",
                "--pause" => "Send nothing for a while, such as 200ms",
                _ => "Send this byte on the auxiliary connection: a signal's number",
            })).ToList();
        var scenarios = new CommonOptions().Scenarios;
        var command = new Command(
            "new",
            "Makes a scenario file from options: what the client does, and what must come back. What the client does is sent in the order of the options.\n\n"
            + "Example: rexec-conformance new long-name --scenarios mine --user =abcdefghijklmno --expect refused=username-too-long");
        command.Arguments.Add(id);
        foreach (Option option in new Option[] { title, level, requires, tag, needs, dependsOn, port, user, password, run }.Concat(acts)
            .Concat([aux, fragments, expect, dialect, end, stderr, expectAux, basis, observe, server, notes, scenarios, output, force]))
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancel) => new NewSession
        {
            Draft = new Draft
            {
                Id = parsed.GetValue(id)!,
                Title = parsed.GetValue(title),
                Requires = parsed.GetValue(requires) ?? [],
                Tags = parsed.GetValue(tag) ?? [],
                Needs = parsed.GetValue(needs) ?? [],
                DependsOn = parsed.GetValue(dependsOn) ?? [],
                Port = parsed.GetValue(port),
                User = parsed.GetValue(user),
                Password = parsed.GetValue(password),
                Command = parsed.GetValue(run),
                Acts = Acts(parsed),
                Aux = parsed.GetValue(aux),
                Fragments = [.. (parsed.GetValue(fragments) ?? []).SelectMany(text => text.Split(','))],
                Expect = parsed.GetValue(expect) ?? [],
                ExpectOf = [.. (parsed.GetValue(dialect) ?? []).Where(text => text.Contains('='))],
                ExpectAux = parsed.GetValue(expectAux),
                Stderr = parsed.GetValue(stderr),
                End = parsed.GetValue(end),
                Basis = parsed.GetValue(basis),
                Notes = parsed.GetValue(notes),
            },
            Level = parsed.GetValue(level),
            Dialects = [.. (parsed.GetValue(dialect) ?? []).Where(text => !text.Contains('='))],
            Observe = parsed.GetValue(observe),
            Server = parsed.GetValue(server),
            Scenarios = parsed.GetValue(scenarios),
            Output = parsed.GetValue(output),
            Force = parsed.GetValue(force),
        }.RunAsync(cancel));
        return command;
    }

    private static Option<string?> Text(string name, string help, string what) => new(name) { Description = what, HelpName = help };

    private static Option<string[]> Texts(string name, string help, string what, bool optional = false) => new(name)
    {
        Description = what,
        HelpName = help,
        Arity = optional ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    // Their order counts, over all of these options: that of what was typed.
    private static IReadOnlyList<DraftAct> Acts(ParseResult parsed)
    {
        var acts = new List<DraftAct>();
        bool open = false;
        foreach (Token token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option)
            {
                open = s_acts.Contains(token.Value);
                if (open)
                {
                    acts.Add(new DraftAct(token.Value[2..], ""));
                }
            }
            else if (token.Type == TokenType.Argument && open)
            {
                acts[^1] = acts[^1] with { Value = token.Value };
                open = false;
            }
        }

        return acts;
    }
}
