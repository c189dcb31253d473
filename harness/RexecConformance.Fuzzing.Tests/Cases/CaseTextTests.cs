using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Cases;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Tests.Generating;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Cases;

/// <summary>A case as a line, and back.</summary>
public sealed class CaseTextTests
{
    /// <summary>Longer than any line that the generator makes, characters.</summary>
    private const int LongLine = 16 * 1024;

    [Fact]
    public void A_line_reads_well()
    {
        var made = new FuzzCase
        {
            Origin = new CaseOrigin(ulong.MaxValue, 7, "odd-username"),
            Aux = new AuxBehaviour(AuxMode.AcceptLate, TimeSpan.FromMilliseconds(2.5)),
            Fragments = new SplitFragmentation([1, 9]),
            Send =
            [
                Step("port", new LiteralPart("00"u8.ToArray()), new AuxPortPart(65536), new LiteralPart([0])),
                Step("username", new AccountPart("good", "name"), new LiteralPart("$\n\e\0"u8.ToArray())),
                Step("password", new LiteralPart([.. "Иван"u8, 0])),
                Step("command", new LiteralPart([.. Enumerable.Repeat((byte)'x', 131072), 0])),
                Step("bytes", new LiteralPart([0xff, 0xfe])),
                new PauseStep(TimeSpan.FromMilliseconds(20)),
                new SignalStep([15]),
                new HalfCloseStep(StreamName.Primary),
            ],
        };
        string expected =
            """{"seed":18446744073709551615,"number":7,"family":"odd-username","aux":"accept-late","aux-after":"2.5ms","fragments":{"split":[1,9]},"send":["""
            + """{"port":"00${aux.port+65536}"},{"username":"${good.name}$$\n\u001b"},{"password":{"utf8":"Иван"}},{"command":{"repeat":"x","times":131072}},"""
            + """{"bytes":{"hex":"fffe"}},{"pause":"20ms"},{"signal":[15]},{"half-close":"primary"}]}""";
        Assert.Equal(expected, CaseText.Write(made));
        Same(made, CaseText.Read(expected));
    }

    [Fact]
    public void Every_case_of_the_generator_comes_back()
    {
        var generator = new Generator(3, Worlds.Suite);
        int longest = 0;
        for (int i = 0; i < 10_000; i++)
        {
            FuzzCase made = generator.Create(i);
            string line = CaseText.Write(made);
            longest = Math.Max(longest, line.Length);
            FuzzCase read = CaseText.Read(line);
            Same(made, read);
            Assert.Equal(line, CaseText.Write(read));
            Assert.DoesNotContain(line, char.IsControl);
        }

        Assert.InRange(longest, 1000, LongLine);
    }

    [Fact]
    public void Every_scenario_of_the_suite_comes_back()
    {
        foreach (Scenario scenario in Worlds.Suite.Scenarios)
        {
            foreach (Fragmentation fragmentation in scenario.Fragments)
            {
                var made = new FuzzCase { Origin = new CaseOrigin(0, 0, scenario.Id), Aux = scenario.Aux, Fragments = fragmentation, Send = scenario.Send };
                string line = CaseText.Write(made);
                Same(made, CaseText.Read(line));
                Assert.Equal(line, CaseText.Write(CaseText.Read(line)));
            }
        }
    }

    [Fact]
    public void Steps_and_segmentations_that_no_generator_makes_come_back()
    {
        var cuts = new CapturedFragmentation([new CapturedCut("username", 3, false), new CapturedCut("password", null, false), new CapturedCut("command", null, true) { Then = [new AwaitAuxStep(TimeSpan.FromTicks(1))] }]);
        foreach (Fragmentation fragmentation in new Fragmentation[] { cuts, new AfterFragmentation(["port", "command"]), new PerByteFragmentation() })
        {
            var made = new FuzzCase
            {
                Origin = new CaseOrigin(0, -1, "\"\\ü"),
                Aux = new AuxBehaviour(AuxMode.Privileged, TimeSpan.Zero),
                Fragments = fragmentation,
                Send =
                [
                    Step("username", new LiteralPart("no end"u8.ToArray())),
                    Step("password"),
                    Step("command", new OperationPart("write-both"), new RepeatToLimitPart("ab"u8.ToArray(), -3), new LiteralPart([]), new LiteralPart([0])),
                    Step("stdin", new RepeatToLimitPart([0], 0)),
                    new AwaitBytesStep(StreamName.Aux, new ByteTemplate([new LiteralPart([0])]), TimeSpan.FromSeconds(1)),
                    new AwaitEndStep(StreamName.Primary, TimeSpan.FromMinutes(1)),
                    new SignalStep([0, 255]) { Together = true },
                    new CloseStep(StreamName.Aux),
                    new ResetStep(StreamName.Aux),
                ],
                Companions = [new FuzzCase { Origin = new CaseOrigin(1, 2, "x"), Aux = new AuxBehaviour(AuxMode.None, default), Fragments = fragmentation, Send = [] }],
            };
            Same(made, CaseText.Read(CaseText.Write(made)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\nb\":1}")]
    [InlineData("{}")]
    [InlineData("{\"seed\":1")]
    [InlineData("""{"seed":-1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"often","fragments":"whole","send":[]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"halves","send":[]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":{"split":[2,1]},"send":[]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[],"else":1}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"username":"${good}"}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"username":"Ж"}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"username":"\ud800"}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"username":{"hex":"0"}}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"username":{"repeat":"x","times":99999999}}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"signal":[256]}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"pause":"2s"}]}""")]
    [InlineData("""{"seed":1,"number":0,"family":"f","aux":"none","fragments":"whole","send":[{"close":"both"}]}""")]
    public void What_is_no_case_is_an_error_of_one_line(string line)
    {
        var error = Assert.Throws<FormatException>(() => CaseText.Read(line));
        Assert.StartsWith("not a case: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    /// <summary>The same in all that a server or a reader can tell.</summary>
    internal static void Same(FuzzCase expected, FuzzCase found)
    {
        Assert.Equal(expected.Origin, found.Origin);
        Assert.Equal(expected.Aux, found.Aux);
        Assert.Equal(expected.Fragments.GetType(), found.Fragments.GetType());
        Assert.Equal(Words(expected.Fragments), Words(found.Fragments));
        Assert.Equal(expected.Send.Select(Words), found.Send.Select(Words));
        Assert.Equal(expected.Companions.Count, found.Companions.Count);
        foreach ((FuzzCase one, FuzzCase other) in expected.Companions.Zip(found.Companions))
        {
            Same(one, other);
        }
    }

    private static string Words(Fragmentation fragmentation) => fragmentation is CapturedFragmentation captured
        ? string.Join(';', captured.Cuts.Select(cut => cut + ":" + string.Join(',', cut.Then.Select(Words))))
        : fragmentation.Name;

    private static string Words(SendStep step) => step switch
    {
        BytesStep bytes => bytes.Kind + " " + Words(bytes.Bytes),
        AwaitBytesStep wait => $"await {wait.Stream} {wait.Within.Ticks} {Words(wait.Bytes)}",
        SignalStep signal => $"signal {signal.Together} {string.Join(',', signal.Signals)}",
        _ => step.ToString(),
    };

    // Literal pieces side by side are one.
    private static string Words(ByteTemplate template)
    {
        var words = new List<string>();
        bool literal = false;
        foreach (BytePart part in template.Parts.Where(part => part is not LiteralPart { Bytes.Length: 0 }))
        {
            string word = part switch
            {
                LiteralPart plain => Convert.ToHexString(plain.Bytes),
                RepeatToLimitPart repeat => $"({Convert.ToHexString(repeat.Unit)}*{repeat.Plus})",
                _ => $"({part})",
            };
            words.Add((words.Count > 0 && !(literal && part is LiteralPart) ? "|" : "") + word);
            literal = part is LiteralPart;
        }

        return string.Concat(words);
    }

    private static BytesStep Step(string kind, params BytePart[] parts) => new(kind, new ByteTemplate(parts));
}
