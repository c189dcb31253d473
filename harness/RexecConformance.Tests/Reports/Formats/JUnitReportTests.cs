using System.Xml.Linq;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Formats;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;

namespace RexecConformance.Tests.Reports.Formats;

public class JUnitReportTests
{
    [Fact]
    public void Verdicts_become_failures_skips_and_errors()
    {
        XElement root = Write(Made.Target(
            null,
            Made.Driven(Made.Expect("a"), Made.Seen(Made.Bytes("a"))),
            Made.Driven(Made.Expect("a"), Made.Seen(Made.Bytes("b"))),
            Made.Undriven(Verdict.Xpass, "passes, but is listed"),
            Made.Undriven(Verdict.Error, "ours"),
            Made.Undriven(Verdict.Xfail, "known"),
            Made.Undriven(Verdict.Blocked, "x failed"),
            Made.Undriven(Verdict.Unsupported, "no ipv6"),
            Made.Undriven(Verdict.Unspecified, "nothing said")));
        XElement suite = Assert.Single(root.Elements("testsuite"));
        Assert.Equal("tcp:host:512 as bsd44", (string?)suite.Attribute("name"));
        Assert.Equal((8, 2, 1, 4), ((int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!, (int)suite.Attribute("errors")!, (int)suite.Attribute("skipped")!));
        Assert.Equal(["properties", "testcase"], suite.Elements().Select(e => e.Name.LocalName).Distinct());
        Assert.Equal(
            ["", "failure", "failure", "error", "skipped", "skipped", "skipped", "skipped"],
            suite.Elements("testcase").Select(e => e.Elements().SingleOrDefault(child => child.Name != "properties")?.Name.LocalName ?? ""));
        XElement failed = suite.Elements("testcase").ElementAt(1);
        Assert.Equal(
            ["fail", "must", "status-byte"],
            new[] { "verdict", "level", "requires" }.Select(name => (string?)failed.Element("properties")!.Elements().Single(p => (string?)p.Attribute("name") == name).Attribute("value")));
        Assert.Equal(("tcp:host:512 as bsd44.port", "some-case#whole"), ((string?)failed.Attribute("classname"), (string?)failed.Attribute("name")));
        Assert.StartsWith("primary: at offset 0 expected 61, received 62", (string?)failed.Element("failure")!.Attribute("message"));
        Assert.Contains("\n  again: rexec-conformance run ", failed.Value);
        Assert.Equal("unspecified: nothing said", (string?)suite.Elements().Last().Element("skipped")!.Attribute("message"));
    }

    [Fact]
    public void A_target_that_failed_has_one_error()
    {
        XElement suite = Write(Made.Target("it did not answer")).Element("testsuite")!;
        Assert.Equal(("1", "1"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("errors")));
        Assert.Equal("it did not answer", (string?)suite.Element("testcase")!.Element("error")!.Attribute("message"));
    }

    [Fact]
    public void Hostile_bytes_and_texts_are_escaped_and_the_file_parses()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i), .. "]]>&<!--"u8];
        const string text = "t\0\x1b ]]> <b> & \uffff \ud800";
        XElement root = Write(Made.Target(
            text,
            Made.Driven(Made.Expect("a"), Made.Seen(all), Made.Scenario(title: text)),
            Made.Undriven(Verdict.Unsupported, text)));
        Assert.DoesNotContain(root.Value, c => (c < ' ' && c != '\n') || c > '\xff');
        Assert.Contains("t\\x00\\x1b ]]> <b> & \\u{ffff} \\u{d800}", root.Value);
    }

    [Fact]
    public void No_password_and_no_colour()
    {
        VariantResult result = Made.Driven(Made.Expect("a"), Made.Seen(Made.Bytes(Made.Password)));
        string text = Write(Made.Target(null, result)).ToString();
        Assert.DoesNotContain(Made.Password, text);
        Assert.DoesNotContain("[31m", text);
    }

    [Theory]
    [InlineData("port", "port")]
    [InlineData("a/b", "a.b")]
    [InlineData("", "cases")]
    [InlineData("../..", "cases")]
    public void The_class_is_the_folder_below_cases(string folder, string expected)
    {
        Scenario scenario = Made.Scenario(folder: folder);
        XElement root = Write(Made.Target(null, Made.Undriven(Verdict.Pass, "", scenario)));
        Assert.Equal("tcp:host:512 as bsd44." + expected, (string?)root.Descendants("testcase").Single().Attribute("classname"));
    }

    [Fact]
    public void Cases_name_their_files_and_captures()
    {
        string capture = Path.Combine(Directory.GetCurrentDirectory(), "captures", "some-case.pcapng");
        XElement one = XDocument.Parse(MadeRun.Write(new JUnitReport(), MadeRun.Run(MadeRun.Driven("a", "a") with { Capture = capture }))).Descendants("testcase").Single();
        Assert.Equal(("scenarios/cases/port/some-case.yaml", "[[ATTACHMENT|captures/some-case.pcapng]]"), ((string?)one.Attribute("file"), (string?)one.Element("system-out")));
    }

    // GitLab knows a case by its class and name alone.
    [Fact]
    public void No_two_cases_of_a_run_have_one_class_and_name()
    {
        ReportedTarget bsd44 = MadeRun.Target(null, MadeRun.Driven("a", "a"));
        XElement root = XDocument.Parse(MadeRun.Write(new JUnitReport(), MadeRun.Run(bsd44, bsd44 with { Dialect = "sco" }))).Root!;
        Assert.Equal(2, root.Descendants("testcase").Select(e => ((string?)e.Attribute("classname"), (string?)e.Attribute("name"))).Distinct().Count());
        Assert.All(root.Descendants("testsuite"), suite => Assert.Equal("2026-11-21T17:00:00", (string?)suite.Attribute("timestamp")));
    }

    [Fact]
    public void Hostile_names_are_legal_in_XML()
    {
        string text = MadeRun.Write(new JUnitReport(), MadeRun.HostileRun());
        Assert.Equal(5, XDocument.Parse(text).Descendants("testcase").Count());
        Assert.DoesNotContain(text, c => (c < ' ' && c != '\n') || c is '\u202e' or '\u2028' or '\uffff');
    }

    [Fact]
    public void A_megabyte_stays_small()
    {
        XElement root = Write(Made.Target(null, Made.Driven(Made.Expect("a"), Made.Seen(new byte[1 << 20]))));
        Assert.InRange(root.ToString().Length, 100, 12_000);
    }

    private static XElement Write(params TargetResult[] targets)
    {
        using var output = new MemoryStream();
        new JUnitReport().Write(output, Made.Run(new SummaryOptions { Passwords = [Made.Password], Colour = true }, 1, targets), new RenderContext("/"));
        output.Position = 0;
        return XDocument.Load(output).Root!;
    }
}
