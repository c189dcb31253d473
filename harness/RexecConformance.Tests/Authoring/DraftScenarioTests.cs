using RexecConformance.Accounts;
using RexecConformance.Authoring;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Captures;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Authoring;

/// <summary>What a person says on the command line becomes a file that reads back to the same scenario, or one line that says what is wrong.</summary>
[Trait("needs", "nothing")]
public sealed class DraftScenarioTests
{
    private static readonly Lazy<ScenarioTree> s_tree = new(() => ScenarioTree.Load(
        Path.Combine(CaptureFiles.Repository, "scenarios"), AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet()).Tree);

    public static TheoryData<string, Draft> Drafts => new()
    {
        { "nothing said", Plain },
        { "accepted", Plain with { Expect = ["accepted=out\\n"] } },
        { "both outputs", Plain with { Port = "aux", Command = "echo out; echo err >&2", Expect = ["accepted=out\\n"], Stderr = "err\\n", Requires = ["status-byte"] } },
        { "refused", Plain with { User = "=abcdefghijklmnop", Expect = ["refused=username-too-long"], Level = Level.Dialect } },
        { "by a property", Plain with { User = "user15", Expect = ["username-limit>=15: accepted=out\\n", "username-limit<15: refused=username-too-long"] } },
        { "bytes", Plain with { User = "victim", Password = "=wrong", Expect = ["bytes=\\x01Login incorrect.\\n"], End = "fin", Basis = "observed: rsh-server 0.17-24, 2026-11-21" } },
        { "digits", Plain with { Expect = ["hex=00 6f 75 74 0a"] } },
        { "a beginning", Plain with { Port = "0", Expect = ["beginning=\\0"], ExpectAux = "any" } },
        { "one that differs", Plain with { Expect = ["nothing"], ExpectOf = ["debian=bytes=\\0out\\n"] } },
        { "raw, in order", Plain with { Acts = [new("send", "0\\0go"), new("pause", "200ms"), new("hex", "6f 64 00"), new("half-close", "")], Expect = ["nothing"] } },
        { "input", Plain with { Command = "cat", Acts = [new("send", "in $$ ${good.name} é\\n"), new("half-close", "primary")], Expect = ["accepted=in"] } },
        { "aux", Plain with { Port = "aux", Aux = "accept-late=300ms", Acts = [new("signal", "15"), new("reset", "aux")], Expect = ["bytes=x"] } },
        { "aux bytes", Plain with { Port = "aux", Expect = ["bytes=x"], ExpectAux = "bytes=err\\n" } },
        { "no aux", Plain with { Port = "aux", Aux = "refuse", Expect = ["nothing"], ExpectAux = "none" } },
        { "open", Plain with { Acts = [new("send", "0")], Expect = ["nothing"], End = "open=500ms" } },
        { "turned away", Plain with { Expect = ["turned-away"] } },
        { "cut", Plain with { Fragments = ["whole", "per-field", "per-byte", "split-1-7", "after-port-password"], Expect = ["accepted"] } },
        { "words", Plain with { Title = "A: title # with \"quotes\"", Tags = ["limits"], Needs = ["real-shell"], DependsOn = ["success"], Notes = "One: two.\n# three" } },
        { "much of one byte", Plain with { User = "=" + new string('a', 300), Expect = ["refused=username-too-long"] } },
    };

    private static Draft Plain => new() { Id = "a-new-case" };

    [Theory]
    [MemberData(nameof(Drafts))]
    public void It_reads_back_to_the_same(string what, Draft draft)
    {
        Assert.NotEmpty(what);
        Scenario made = Make(draft);
        string text = ScenarioFileText.Of(made, draft, "../../schema/scenario.schema.json");
        Assert.StartsWith(SchemaLine.Beginning + "../../schema/scenario.schema.json\nformat: 1\nid: a-new-case\n", text);
        Assert.Empty(ScenarioFileText.Check(made.File, text, s_tree.Value).Select(problem => $"{problem}\n{text}"));
        Scenario read = ScenarioReader.Read(SourceFile.Parse(made.File, text, []))!;
        Assert.Equal(text, ScenarioFileText.Of(read, draft, "../../schema/scenario.schema.json"));
        Assert.Equal(made.Send.Count, read.Send.Count);
        Assert.Equal(made.Fragments.Select(one => one.Name), read.Fragments.Select(one => one.Name));
        Assert.Equal((made.Title, made.Level, made.Undecided, made.Basis.Count), (read.Title, read.Level, read.Undecided, read.Basis.Count));
    }

    [Theory]
    [MemberData(nameof(Drafts))]
    public async Task The_schema_takes_it(string what, Draft draft)
    {
        Assert.NotEmpty(what);
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(SchemaLine.Text(SchemaLine.Scenario));
        string text = ScenarioFileText.Of(Make(draft), draft, "x");
        Assert.Empty(schema.Validate(Scenarios.SchemaTests.Json(text)).Select(error => $"{error}\n{text}"));
    }

    [Fact]
    public void Where_nothing_is_said_nothing_is_expected()
    {
        Scenario made = Make(Plain);
        Assert.True(made.Undecided);
        Assert.Empty(made.Expect);
        Assert.Empty(made.Basis);
        string text = ScenarioFileText.Of(made, Plain, "x");
        Assert.Contains("\nexpect: undecided\n", text);
        Assert.Equal(4, text.Split("To decide:").Length);
    }

    [Fact]
    public void An_expectation_for_which_nobody_is_named_says_so()
    {
        Assert.Equal(new Basis(BasisKind.Inferred, "this scenario", null, DraftScenario.Unnamed), Assert.Single(Make(Plain with { Expect = ["bytes=x"] }).Basis).Basis);
        Assert.Equal(
            new Basis(BasisKind.Observed, "rsh-server 0.17-24, Debian", "2026-11-21", null),
            Assert.Single(Make(Plain with { Expect = ["bytes=x"], Basis = "observed: rsh-server 0.17-24, Debian, 2026-11-21" }).Basis).Basis);
        Assert.Empty(Make(Plain with { Expect = ["accepted"], Requires = ["status-byte"] }).Basis);
    }

    [Fact]
    public void A_command_that_is_an_operation_of_sh_is_that_operation() =>
        Assert.Contains("operation: write-both", ScenarioFileText.Of(Make(Plain with { Command = "echo out; echo err >&2" }), Plain, "x"));

    [Theory]
    [InlineData("ID is 'A b'", "A b", null, null)]
    [InlineData("the id 'success' is that of", "success", null, null)]
    [InlineData("there is no account 'god'; did you mean|--user: there is no account 'god'", "a", "--user", "god")]
    [InlineData("there is no account 'nobody'", "a", "--user", "=${nobody.name}")]
    [InlineData("wrong passwords for an account that is there go to the victim alone", "a", "--password", "=wrong")]
    [InlineData("there is no requirement 'x'", "a", "--requires", "x")]
    [InlineData("there is no scenario 'x'", "a", "--depends-on", "x")]
    [InlineData("there is no dialect 'debain'", "a", "--dialect", "debain=nothing")]
    [InlineData("expected one of: accepted", "a", "--expect", "maybe")]
    [InlineData("'refused' needs a cause", "a", "--expect", "refused")]
    [InlineData("expected PROPERTY=VALUE|a number", "a", "--expect", "username-limit<many: nothing")]
    [InlineData("expected 'CONDITION: WHAT'", "a", "--expect", "username-limit<15")]
    [InlineData("pairs of hexadecimal digits", "a", "--expect", "hex=0")]
    [InlineData("the escape at character 1 is none", "a", "--send", "\\q")]
    [InlineData("stands for nothing", "a", "--send", "${good.nam}")]
    [InlineData("--aux is 'lsten'", "a", "--aux", "lsten")]
    [InlineData("needs a time", "a", "--aux", "accept-late")]
    [InlineData("'halves' is none", "a", "--fragments", "halves")]
    [InlineData("'split-7-1' is none", "a", "--fragments", "split-7-1")]
    [InlineData("expected one line of text", "a", "--title", "one\ntwo")]
    [InlineData("--end, --stderr", "a", "--end", "fin")]
    [InlineData("expected a time", "a", "--pause", "soon")]
    [InlineData("a number from 0 to 255", "a", "--signal", "256")]
    [InlineData("expected primary or aux", "a", "--reset", "both")]
    public void What_makes_no_scenario_is_one_line(string words, string id, string? option, string? value)
    {
        Draft draft = new Draft { Id = id };
        draft = option switch
        {
            "--user" => draft with { User = value },
            "--password" => draft with { Password = value },
            "--requires" => draft with { Requires = [value!] },
            "--depends-on" => draft with { DependsOn = [value!] },
            "--dialect" => draft with { ExpectOf = [value!] },
            "--expect" => draft with { Expect = [value!] },
            "--aux" => draft with { Aux = value },
            "--fragments" => draft with { Fragments = [value!] },
            "--title" => draft with { Title = value },
            "--end" => draft with { End = value },
            null => draft,
            _ => draft with { Acts = [new DraftAct(option[2..], value!)] },
        };
        string message = Assert.Throws<DraftException>(() => Make(draft)).Message;
        Assert.Contains(words.Split('|'), message.Contains);
        Assert.DoesNotContain('\n', message.Replace("one\ntwo", ""));
    }

    private static Scenario Make(Draft draft) => DraftScenario.Of(
        draft, s_tree.Value, s_tree.Value.Scenarios.ToDictionary(scenario => scenario.Id, scenario => scenario.File), Path.Combine("mine", "cases", "a-new-case.yaml"));
}
