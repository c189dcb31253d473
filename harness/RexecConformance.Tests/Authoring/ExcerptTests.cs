using RexecConformance.Accounts;
using RexecConformance.Requirements;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Tests.Captures;
using RexecConformance.Tests.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Authoring;

/// <summary>Below a mistake stands the line of the file with a caret, and never a password.</summary>
[Trait("needs", "nothing")]
public sealed class ExcerptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-excerpt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_an_unknown_key()
    {
        Problem problem = Assert.Single(Scenario(Texts.Change("level: must", "level: must\ntag: [one]")));
        Assert.Equal(["  tag: [one]", "  ^"], problem.Excerpt());
        Assert.StartsWith($"{problem.File}:5:1: a scenario has an unknown key 'tag', expected one of: ", problem.ToString());
        Assert.EndsWith("; did you mean 'tags'?", problem.ToString());
    }

    [Fact]
    public void Of_a_value_within_a_line() =>
        Assert.Equal(["    - command: { operation: dance }", "               ^"], Assert.Single(Scenario(Texts.Change("operation: write-out", "operation: dance"))).Excerpt());

    [Fact]
    public void Of_a_file_that_is_no_yaml() =>
        Assert.Equal(["  id: [unclosed", "               ^"], Assert.Single(Scenario("format: 1\nid: [unclosed\n")).Excerpt());

    [Fact]
    public void A_line_ends_with_carriage_return_or_not()
    {
        Problem problem = Assert.Single(Scenario(Texts.Change("level: must", "level: sometimes").Replace("\n", "\r\n")));
        Assert.Equal(["  level: sometimes", "         ^"], problem.Excerpt());
    }

    [Fact]
    public void A_dialect_and_a_list_of_deviations_have_it_too()
    {
        var problems = new List<Problem>();
        DialectReader.Read(SourceFile.Read(Write("d.yaml", "format: 1\ndialect: a\ntitle: A\nsources: { s: x }\nproperties:\n  usernam-limit: { value: 3, basis: source, source: s, place: \"1\" }\n"), problems));
        Assert.Contains(problems, problem => problem.Excerpt() is [var line, _] && line.Contains("usernam-limit") && problem.Text.EndsWith("did you mean 'username-limit'?"));
        problems.Clear();
        DeviationFile.Read(Write("v.yaml", "format: 1\ndeviation: []\n"), problems);
        Assert.Contains(problems, problem => problem.Excerpt() is ["  deviation: []", "  ^"]);
        problems.Clear();
        RequirementReader.Read(SourceFile.Read(Write("r.yaml", "format: 1\ndocuments: {}\nrequirements:\n  a:\n    level: mst\n"), problems));
        Assert.Contains(problems, problem => problem.Excerpt().Count == 2);
    }

    [Fact]
    public void What_shows_only_across_files_has_its_place_too()
    {
        string folder = Path.Combine(_folder, "own");
        Write("own/cases/a.yaml", Texts.Change("requires: [status-byte]", "requires: [sttus-byte]\ndepends-on: [sucess]").Replace("username: good", "username: ${god.name}"));
        (_, IReadOnlyList<Problem> problems) = ScenarioTree.Load(
            folder, AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet(), Path.Combine(CaptureFiles.Repository, "scenarios"));
        Assert.Collection(
            problems,
            problem => Is(problem, "did you mean 'status-byte'?", "  requires: [sttus-byte]", "             ^"),
            problem => Is(problem, "which is no scenario", "  depends-on: [sucess]", "               ^"),
            problem => Is(problem, "did you mean 'good'?", "    - username: ${god.name}", "                ^"));
    }

    [Theory]
    [InlineData("accounts.yaml", "format: 1\naccounts:\n  good: { nam: a, password: hunter2hunter2 }\n")]
    [InlineData("accounts.yaml", "format: 1\nacounts:\n  good: { name: a, password: hunter2hunter2 }\n")]
    [InlineData("target.yaml", "format: 1\ntarget: tcp:127.0.0.1:1\ndialct: debian\naccounts:\n  good: { name: a, password: hunter2hunter2 }\n")]
    [InlineData("target.yaml", "format: 1\ntarget: tcp:127.0.0.1:1\ndialect: debian\naccounts:\n  good: { name: a, passwort: 1, password: hunter2hunter2 }\n")]
    [InlineData("target.yaml", "format: 1\naccounts:\n  good: { name: a, password: hunter2hunter2\n")]
    public void Of_a_file_with_passwords_no_line_is_shown(string name, string text)
    {
        string path = Write(name, text);
        var problems = new List<Problem>();
        if (name == "target.yaml")
        {
            TargetFile.Read(path, problems);
        }
        else
        {
            problems.Add(Problem.Parse(Assert.Throws<AccountFileException>(() => AccountFile.Load(path)).Message));
        }

        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.DoesNotContain("hunter2", string.Join('\n', problem.Excerpt().Prepend(problem.ToString()))));
        Assert.All(problems, problem => Assert.Empty(problem.Excerpt()));
    }

    [Theory]
    [InlineData("  - password: secret", "  - { password: hunter2hunter2, pasword: x }")]
    [InlineData("  - password: secret", "  - password: \"hunter2hunter2\\q\"")]
    [InlineData("  - password: secret", "  - password: { hexx: \"hunter2hunter2\" }")]
    [InlineData("  - password: secret", "  - password:\n      - \"hunter2hunter2\\q\"")]
    [InlineData("  - password: secret", "  - password: 'hunter2hunter2日'")]
    public void In_a_scenario_a_password_is_stars(string line, string instead)
    {
        List<Problem> problems = Scenario(Texts.Change(line, instead));
        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.DoesNotContain("hunter2", string.Join('\n', problem.Excerpt())));
    }

    [Fact]
    public void A_place_in_a_password_is_shown() =>
        Assert.Equal("    - password: ${good.pasword}", Assert.Single(Scenario(Texts.Change("  - password: secret", "  - password: ${good.pasword}"))).Excerpt()[0]);

    private static void Is(Problem problem, string ends, params string[] excerpt)
    {
        Assert.EndsWith(ends, problem.Text);
        Assert.Equal(excerpt, problem.Excerpt());
    }

    private List<Problem> Scenario(string text)
    {
        var problems = new List<Problem>();
        _ = ScenarioReader.Read(SourceFile.Read(Write("case.yaml", text), problems));
        return problems;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
