using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;
using Xunit.Abstractions;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Nothing that a dialect states is overlooked: each property with another value, each without one and each diagnostic with another text changes some prediction.</summary>
public class PropertyInfluenceTests(ITestOutputHelper output)
{
    // The property, one value of it, or all of it in one dialect; and why no case can tell.
    private static readonly Dictionary<string, string> s_unseen = new()
    {
        ["ipv6"] = "a case has no network protocol",
        ["single-connection-option"] = "a case has no other clients that hold the server",
        ["unread-input=absent"] = "closed, FIN or RST, is what is said anyway",
        ["environment freebsd-pam"] = "the search path is not stated, so that nothing is said of the variables",
        ["empty-shell-variable freebsd-pam"] = "the same",
        ["signal-byte=absent hpux"] = "it is not stated when the connection is made on which signals come",
        ["overlong-at inetutils"] = "no name is too long",
        ["overlong-at inetutils-pam"] = "no name is too long",
        ["overlong-at inetutils191"] = "no name is too long",
        ["status-stream=stderr interix"] = "there is never a second connection",
    };

    [Fact]
    public void Every_property_counts()
    {
        var unseen = new List<string>();
        foreach (Dialect dialect in Suite.Tree.Dialects.Values.OrderBy(dialect => dialect.Name, StringComparer.Ordinal))
        {
            string[] before = Predictions(dialect);
            foreach (DialectProperty property in dialect.Properties.Values)
            {
                foreach (string? value in Others(property).Append(null))
                {
                    if (!Predictions(With(dialect, property, value)).SequenceEqual(before))
                    {
                        continue;
                    }

                    unseen.Add($"{property.Name}={value ?? "absent"} {dialect.Name} (is {property.Value})");
                }
            }
        }

        HashSet<string> used = [.. unseen.SelectMany(Keys).Where(s_unseen.ContainsKey)];
        unseen.RemoveAll(line => Keys(line).Any(s_unseen.ContainsKey));
        foreach (string line in unseen)
        {
            output.WriteLine(line);
        }

        Assert.Empty(unseen);
        Assert.Empty(s_unseen.Keys.Except(used));
    }

    [Fact]
    public void Every_diagnostic_counts()
    {
        var unseen = new List<string>();
        foreach (Dialect dialect in Suite.Tree.Dialects.Values)
        {
            string[] before = Predictions(dialect);
            foreach (Diagnostic diagnostic in dialect.Diagnostics.Values)
            {
                Dictionary<string, Diagnostic> others = dialect.Diagnostics.ToDictionary();
                others[diagnostic.Name] = diagnostic with { Form = DiagnosticForm.Bytes, Content = new ByteTemplate([new LiteralPart([7])]) };
                if (Predictions(dialect with { Diagnostics = others }).SequenceEqual(before))
                {
                    unseen.Add($"{diagnostic.Name} {dialect.Name}");
                }
            }
        }

        Assert.Equal(s_unseenDiagnostics, unseen.Order(StringComparer.Ordinal));
    }

    // The order of the checks, or what else is not stated, keeps these from ever being told.
    private static readonly string[] s_unseenDiagnostics = [];

    private static IEnumerable<string> Keys(string line)
    {
        string[] words = line.Split(' ');
        string property = words[0].Split('=')[0];
        return [property, words[0], $"{property} {words[1]}", $"{words[0]} {words[1]}"];
    }

    private static IEnumerable<string> Others(DialectProperty property) => property.Name switch
    {
        "diagnostic-terminator" => ["\r\n"],
        "username-limit" or "password-limit" or "command-limit" or "overlong-at" when property.Value is "unlimited" => ["20"],
        "username-limit" or "password-limit" or "command-limit" or "overlong-at" when property.Value is "argument-list" => ["20", "unlimited"],
        "username-limit" or "password-limit" or "command-limit" or "overlong-at" =>
            ["unlimited", (int.Parse(property.Value, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)],
        "port-timeout" or "aux-timeout" or "fields-timeout" => property.Value == "none" ? ["60s"] : ["none", "30s"],
        _ => Choices(property.Name).Where(value => value != property.Value),
    };

    private static IEnumerable<string> Choices(string property) =>
        new[]
        {
            "required-at-once", "required", "not-needed", "after-port", "after-login", "never", "never-answers", "connected", "refused", "primary", "stderr", "none",
            "before-status", "after-status", "after-status-ignored", "with-aux", "account", "environment", "distinct", "ignored", "name-and-password", "name",
            "allowed", "at-login", "any-password", "silent-close", "diagnostic", "diagnostic-for-ever", "output-continues", "ends-session", "not-sent",
            "stderr-continues", "stderr-lost", "delivered", "rst", "closed", "home-path-shell-user", "with-logname", "with-logname-and-rhost",
            ":/usr/ucb:/bin:/usr/bin", "/usr/bin:/bin", "bin-sh", "empty",
        }.Where(value => PropertyCatalogue.Fault(property, value) is null);

    private static Dialect With(Dialect dialect, DialectProperty property, string? value) => dialect with
    {
        Properties = dialect.Properties.Values
            .Where(other => value is not null || other.Name != property.Name)
            .ToDictionary(other => other.Name, other => other.Name == property.Name ? other with { Value = value! } : other),
    };

    private static string[] Predictions(Dialect dialect)
    {
        string[] all = [.. s_setups.SelectMany(setup =>
        {
            var predictor = new Predictor(dialect, AccountFile.Default, Shell.Sh, Suite.LinuxArgument) { Setup = setup, RealShell = true };
            return (setup.IsPlain ? PlainCases.All : PlainCases.Few).Select(one => Text(predictor.Predict(one, one.Aux.Mode switch
            {
                AuxMode.None => 0,
                AuxMode.Privileged => 777,
                _ => Cases.Port,
            })));
        })];
        return all;
    }

    private static readonly ServerSetup[] s_setups =
    [
        ServerSetup.Plain, new(["fork"], []), new(["pipe"], []), new(["no-reverse-name"], []), new([], ["refuse-root"]),
    ];

    private static string Text(PredictedAnswer answer) =>
        $"{answer.Reply} {answer.Unspecified} {answer.AnswerableAfter} {answer.EndsAfter} {answer.EndsWithin} {Text(answer.Primary)} {Text(answer.Aux)}";

    private static string Text(PredictedStream stream) => $"{stream.Connected} {stream.Content} {stream.End}";
}
