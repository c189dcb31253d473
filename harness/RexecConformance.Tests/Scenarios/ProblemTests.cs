using RexecConformance.Yaml;

namespace RexecConformance.Tests.Scenarios;

/// <summary>Each kind of mistake in a scenario is a problem at the right place.</summary>
[Trait("needs", "nothing")]
public sealed class ProblemTests
{
    [Fact]
    public void The_good_one_is_good() => Assert.Empty(Texts.Read(Texts.Good).Problems);

    [Theory]
    [InlineData("format: 1", "format: 2", 1, 9, "format")]
    [InlineData("format: 1", "colour: red\nformat: 1", 1, 1, "colour")]
    [InlineData("id: a-case", "id: A_Case", 2, 5, "lower case letters")]
    [InlineData("id: a-case\n", "", 1, 1, "'id'")]
    [InlineData("title: A case\n", "", 1, 1, "'title'")]
    [InlineData("level: must", "level: sometimes", 4, 8, "expected one of: must, should, may, dialect, info")]
    [InlineData("requires: [status-byte]\n", "", 1, 1, "at least one requirement")]
    [InlineData("requires: [status-byte]", "requires: status-byte", 5, 11, "requires")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfault: fire", 6, 8, "expected one of: fork")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\noptions: [refuse-root, fly]", 6, 24, "expected one of: ")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nsessions: 0", 6, 11, "expected 1 to ")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nothers: { connected: 1000 }", 6, 22, "expected 1 to ")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nnetwork: ipx", 6, 10, "expected ipv4 or ipv6")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\naux: shout", 6, 6, "expected one of: none, listen")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\naux: { mode: accept-late, after: soon }", 6, 34, "a duration such as 250ms")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\naux: { mode: listen, before: 1s }", 6, 22, "before")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nreading: { after: 1s }", 6, 10, "'buffer'")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: whole", 6, 12, "expected a list")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [halves]", 6, 13, "expected whole, per-field, per-byte")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [whole, whole]", 6, 12, "listed twice")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ split: [7, 1] }]", 6, 22, "rising offsets")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ split: [one] }]", 6, 23, "expected a number")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ after: [stdin] }]", 6, 22, "expected fields")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"x\"\n  date: \"2026-11-20\"\n  conversation: 1", 7, 11, "expected the first 12 digits")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1FBB68CAB617\"\n  date: \"2026-11-20\"\n  conversation: 1", 7, 11, "expected the first 12 digits")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab6177\"\n  date: \"2026-11-20\"\n  conversation: 1", 7, 11, "expected the first 12 digits")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: []\n  date: \"2026-11-20\"\n  conversation: 1", 7, 11, "'sha256' is a list")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab617\"\n  date: \"yesterday\"\n  conversation: 1", 8, 9, "'date' is the text 'yesterday', expected a day such as")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab617\"\n  date: \"2026-13-01\"\n  conversation: 1", 8, 9, "expected a day such as")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab617\"\n  date: \"2026-1-1\"\n  conversation: 1", 8, 9, "expected a day such as")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [username+0] }]", 6, 26, "N from 1")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [username+007] }]", 6, 26, "N from 1")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [username+9999999999] }]", 6, 26, "N from 1")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [stdin] }]", 6, 26, "where FIELD is port")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [{ after: port+0, then: [{ pause: 1s }] }] }]", 6, 35, "N from 1")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [{ after: port }] }]", 6, 26, "'then'")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [{ after: port, then: [] }] }]", 6, 47, "'then' is an empty list")]
    [InlineData("  - port: \"0\"", "  - prot: \"0\"", 7, 5, "there is no step 'prot'")]
    [InlineData("  - port: \"0\"", "  - port", 7, 5, "expected one key with its value")]
    [InlineData("  - port: \"0\"", "  - { port: \"0\", bytes: x }", 7, 5, "expected one key with its value")]
    [InlineData("  - port: \"0\"", "  - port: ${good.nose}", 7, 11, "stands for nothing")]
    [InlineData("  - port: \"0\"", "  - port: ${diagnostic.no-home}", 7, 11, "stands for nothing")]
    [InlineData("  - port: \"0\"", "  - port: ${aux.port+1000000000000000000}", 7, 11, "N of at most 18 digits")]
    [InlineData("  - port: \"0\"", "  - port: \"\\u20AC\"", 7, 11, "U+20AC is more than one byte")]
    [InlineData("  - port: \"0\"", "  - bytes: { hex: \"0\" }", 7, 19, "pairs of hexadecimal digits")]
    [InlineData("  - port: \"0\"", "  - bytes: { repeat: x }", 7, 12, "'times'")]
    [InlineData("  - port: \"0\"", "  - bytes: { repeat: x, times: 99999999 }", 7, 12, "at most 16777216 bytes")]
    [InlineData("  - port: \"0\"", "  - bytes: { count: [3, 1] }", 7, 21, "[FIRST, LAST]")]
    [InlineData("  - port: \"0\"", "  - bytes: { octal: 7 }", 7, 12, "'hex', 'repeat' with 'times', or 'count'")]
    [InlineData("  - port: \"0\"", "  - pause: 11m", 7, 12, "a duration such as 250ms")]
    [InlineData("  - port: \"0\"", "  - signal: 256", 7, 13, "a number from 0 to 255")]
    [InlineData("  - port: \"0\"", "  - await: { stream: primary }", 7, 12, "needs 'bytes' or 'end: true'")]
    [InlineData("  - port: \"0\"", "  - await: { stream: third, end: true }", 7, 22, "expected primary or aux")]
    [InlineData("  - port: \"0\"", "  - reset: both", 7, 12, "expected primary or aux")]
    [InlineData("  - port: \"0\"", "  - port: ${aux.port}", 1, 1, "'aux' is none")]
    [InlineData("  - port: \"0\"", "  - port: \"0\"\n  - await: aux", 1, 1, "no port with ${aux.port} is sent")]
    [InlineData("operation: write-out", "operation: dance", 10, 14, "there is no operation 'dance'")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - accepted: { stdin: \"out\\n\" }", 12, 17, "stdin")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - refused: tuesday", 12, 14, "expected one of: username-too-long")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - accepted: {}\n    refused: no-home", 12, 5, "either 'accepted' or 'refused'")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - aux: { end: fin }", 12, 5, "needs 'accepted', 'refused' or 'primary'")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - primary: { end: maybe }", 12, 21, "expected one of: fin, rst, closed, unread, open")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - primary: { end: open }", 12, 14, "'end: open' and 'open-for' go together")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - when: { colour: red }\n    accepted: {}", 12, 21, "there is no property 'colour'")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - when: { root-login: perhaps }\n    accepted: {}", 12, 25, "expected allowed or refused")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - when: { username-limit: \"< many\" }\n    accepted: {}", 12, 29, "a number")]
    public void A_mistake_is_a_problem_at_its_place(string line, string instead, int atLine, int atColumn, string words)
    {
        (_, List<Problem> problems) = Texts.Read(Texts.Change(line, instead));
        Problem problem = problems.First(p => p.Text.Contains(words, StringComparison.Ordinal));
        Assert.Equal(("case.yaml", (long)atLine, (long)atColumn), (problem.File, problem.Line, problem.Column));

        // At most one more, about what follows from the first (a key that is unknown is also a key that is missing).
        Assert.InRange(problems.Count, 1, 2);
    }

    [Theory]
    [InlineData("id: [unclosed\n", "is not valid YAML")]
    [InlineData("- a list\n", "expected a mapping")]
    [InlineData("format: 1\n---\nformat: 1\n", "2 YAML documents")]
    [InlineData("", "0 YAML documents")]
    [InlineData("a: 1\na: 2\n", "is not valid YAML")]
    public void What_is_no_scenario_at_all(string text, string words)
    {
        (_, List<Problem> problems) = Texts.Read(text);
        Assert.Contains(words, Assert.Single(problems).Text);
    }

    [Fact]
    public void A_request_too_long_for_per_byte_is_a_problem()
    {
        (_, List<Problem> problems) = Texts.Read(Texts.Change("  - username: good", "  - username: { repeat: x, times: 600 }").Replace("send:", "fragments: [per-byte]\nsend:"));
        Assert.Contains("per-byte is for requests of up to 512 bytes", Assert.Single(problems).Text);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem()
    {
        var problems = new List<Problem>();
        Assert.Null(SourceFile.Read(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), problems).Root);
        Assert.Contains("cannot be read", Assert.Single(problems).Text);
    }
}
