using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Reports;

public class SummaryReportTests
{
    private static readonly SummaryOptions s_options = new() { Passwords = [Made.Password] };

    [Fact]
    public void Every_verdict_is_counted_and_the_speed_is_told()
    {
        string text = Write(null, Made.Driven(Made.Expect("\0"), Made.Seen([0])), Made.Undriven(Verdict.Unspecified, "why"));
        Assert.StartsWith(
            "tcp:host:512 as bsd44: 1 pass, 0 fail, 0 xfail, 0 xpass, 0 blocked, 0 unsupported, 1 unspecified, 0 error\n"
            + "  10 variants without waiting in 20 ms: 2.00 ms each\n",
            text);
        Assert.EndsWith("\nnothing red in 2 variants\n", text);
    }

    [Fact]
    public void What_was_not_judged_is_listed_by_reason_when_asked_for()
    {
        VariantResult one = Made.Undriven(Verdict.Unspecified, "bsd44 says nothing about x");
        VariantResult other = one with { Variant = new Variant(one.Variant.Scenario, new PerByteFragmentation()) };
        VariantResult third = Made.Undriven(Verdict.Unsupported, "no 'ipv6'", Made.Scenario("third"));
        VariantResult driven = Made.Undriven(Verdict.Pass, "", third.Variant.Scenario) with { Variant = third.Variant with { Fragmentation = new PerByteFragmentation() } };
        string text = Write(s_options with { ShowUnspecified = true }, one, other, third, driven);
        Assert.Contains("  unspecified, bsd44 says nothing about x: 2\n    some-case\n", text);
        Assert.Contains("  unsupported, no 'ipv6': 1\n    third#whole\n", text);
    }

    [Fact]
    public void A_red_case_tells_all()
    {
        string text = Write(null, Made.Driven(Made.Expect("\0out\n"), Made.Seen(Made.Bytes("\0oUt\n"))));
        Assert.Contains("FAIL A title\n  some-case#whole on tcp:host:512, judged as bsd44\n  - primary: at offset 2 expected 75, received 55", text);
        Assert.Contains("    expected \"\\0out\\n\"\n    received \"\\0oUt\\n\"\n                 ^\n", text);
        Assert.Contains("    !    0  00 6f[75]74 0a", text);
        Assert.Contains("end: expected an orderly close (FIN); it was closed in order (FIN) after 0.004 s", text);
        Assert.Contains("sent 25 bytes \"0\\0good\\0********\\0echo out\\0\"", text);
        Assert.Contains("status-byte (must): One NUL byte comes first.\n      \"A null byte is returned\" (seed 000, line 23)", text);
        Assert.Contains("  basis\n    text: documented: the manual, step 3\n", text);
        Assert.Contains("  again: rexec-conformance run --target tcp:host:512 --dialect bsd44 --id 'some-case#whole'\n\n1 red of 1 variant\n", text);
    }

    [Fact]
    public void Right_text_but_reset_is_a_line_of_its_own()
    {
        string text = Write(null, Made.Driven(Made.Expect("\0out\n"), Made.Seen(Made.Bytes("\0out\n"), StreamEnd.Rst)));
        Assert.Contains("  - primary: right text, but reset (primary: expected an orderly close (FIN), but it was reset (RST))\n", text);
        Assert.Contains("  primary: 5 bytes as expected: \"\\0out\\n\"\n", text);
        Assert.DoesNotContain("!  ", text);

        string both = Write(null, Made.Driven(Made.Expect("a"), Made.Seen(Made.Bytes("b"), StreamEnd.Rst)));
        Assert.DoesNotContain("right text", both);
        Assert.Contains("  - primary: expected an orderly close (FIN), but it was reset (RST)\n", both);
    }

    [Fact]
    public void No_text_as_expected_but_reset() => Assert.Contains(
        "  - primary: no text, as expected, but reset (", Write(null, Made.Driven(Made.Expect(""), Made.Seen([], StreamEnd.Rst))));

    [Fact]
    public void Hostile_bytes_and_texts_never_reach_the_terminal()
    {
        byte[] hostile = [0x1b, (byte)'[', (byte)'2', (byte)'J', 7, 0x9b, 0, 0xff, (byte)'\r', (byte)'\n', (byte)']', (byte)']', (byte)'>'];
        VariantResult result = Made.Driven(Made.Expect("\0"), Made.Seen(hostile), Made.Scenario(title: "title\x1b]0;x\a")) with
        {
            Target = "tcp:\x1b[31m:1",
        };
        string text = Write(null, result, Made.Undriven(Verdict.Error, "oops\x1b[5m\u202e"));
        Assert.DoesNotContain(text, c => (c < ' ' && c != '\n') || c is (>= '\x7f' and < '\xa0') or '\u202e');
        Assert.Contains("\\x1b[2J\\x07\\x9b\\0\\xff\\r\\n]]>", text);
    }

    [Fact]
    public void A_difference_of_a_megabyte_stays_short()
    {
        byte[] expected = new byte[1 << 20];
        byte[] received = [.. expected];
        received[^1] = 1;
        string text = Write(null, Made.Driven(Made.Expect(expected), Made.Seen(received)), Made.Driven(Made.Expect(""), Made.Seen(received)));
        Assert.InRange(text.Length, 100, 12_000);
        Assert.Contains("first difference is at offset 1048575", text);
    }

    [Fact]
    public void Hundreds_of_segments_are_cut()
    {
        TranscriptEvent[] events = [.. Enumerable.Range(0, 500).Select(_ => Made.Sent("a"))];
        string text = Write(null, Made.Driven(Made.Expect("a"), Made.Seen([]), null, events));
        Assert.Equal(TranscriptText.MaxLines - 3, text.Split('\n').Count(line => line.Contains("sent 1 byte", StringComparison.Ordinal)));
        Assert.Contains(" more lines\n", text);
    }

    [Fact]
    public void A_password_is_nowhere_however_it_is_cut()
    {
        TranscriptEvent[] events = [.. $"0\0good\0{Made.Password}\0cat\0{Made.Password}".Select(c => Made.Sent($"{c}"))];
        VariantResult perByte = Made.Driven(Made.Expect("\0" + Made.Password), Made.Seen(Made.Bytes("\0" + Made.Password + "x")), null, events);
        string text = Write(null, perByte);
        Assert.DoesNotContain(Made.Password, text);
        Assert.DoesNotContain("\"h\"", text);
        Assert.DoesNotContain("68 75 6e", text);
        Assert.Contains("  - primary: wrong bytes from offset 9\n", text);
        Assert.Contains(Made.Password, Write(s_options with { ShowPasswords = true }, perByte));
    }

    [Fact]
    public void Variants_of_one_case_name_its_requirements_once()
    {
        VariantResult one = Made.Driven(Made.Expect("a"), Made.Seen([]));
        VariantResult other = one with { Variant = new Variant(one.Variant.Scenario, new PerByteFragmentation()) };
        string text = Write(null, one, other);
        Assert.Single(text.Split('\n'), line => line.Contains("One NUL byte", StringComparison.Ordinal));
        Assert.Single(text.Split('\n'), line => line == "  requirements and basis: the same");
    }

    [Fact]
    public void A_target_that_failed_is_told_even_without_a_red_case()
    {
        var output = new StringWriter { NewLine = "\n" };
        SummaryReport.Write(output, Made.Run(s_options, 3, Made.Target("it went away")), s_options);
        Assert.Equal("target tcp:host:512: it went away\n", output.ToString());
    }

    [Fact]
    public void A_form_is_shown_as_one()
    {
        ExpectedStream form = Made.Expect("") with { Content = ExpectedContent.Of([1]).Then(ExpectedContent.Matching("[a-z]+\x1b")) };
        string text = Write(null, Made.Driven(form, Made.Seen(Made.Bytes("\x01" + "A"))));
        Assert.Contains("    expected \"\\x01\" <[a-z]+\\x1b>\n    received \"\\x01A\"\n", text);
    }

    [Theory]
    [InlineData("\0a1", "\0ab", 3 + 1)]
    [InlineData("a\0" + "1", "a\0b", 1 + 4 + 1)]
    [InlineData("\0b", "\0" + "1", 4 + 1)]
    [InlineData("", "x", 1)]
    public void The_caret_stands_below_the_first_difference_on_both_sides(string expected, string received, int column)
    {
        string[] lines = Write(null, Made.Driven(Made.Expect(expected), Made.Seen(Made.Bytes(received)))).Split('\n');
        int caret = Array.FindIndex(lines, line => line.Trim() == "^");
        Assert.Equal("    received ".Length + column, lines[caret].IndexOf('^'));
        Assert.StartsWith("    expected \"", lines[caret - 2]);
        Assert.Equal(lines[caret - 1][13..(13 + column)], lines[caret - 2][13..(13 + column)]);
    }

    [Fact]
    public void Colour_only_when_asked_for()
    {
        VariantResult red = Made.Driven(Made.Expect("a"), Made.Seen([]));
        Assert.DoesNotContain('\x1b', Write(null, red));
        Assert.Contains("\x1b[31m", Write(s_options with { Colour = true }, red));
    }

    [Fact]
    public void An_aux_connection_that_should_not_be_there_is_shown()
    {
        VariantResult made = Made.Driven(Made.Expect("a"), Made.Seen(Made.Bytes("a")));
        VariantResult result = made with
        {
            Verdict = Verdict.Fail,
            Expected = made.Expected! with { Aux = Made.Expect("") with { Connected = false } },
            Transcript = made.Transcript! with { Aux = Made.Seen(Made.Bytes("b")) },
        };
        Assert.Contains("  aux: connected at 0.000 s, expected no connection\n  aux: received 1 byte: \"b\"\n", Write(null, result));
    }

    private static string Write(SummaryOptions? options, params VariantResult[] results)
    {
        var output = new StringWriter { NewLine = "\n" };
        SummaryReport.Write(output, Made.Run(options ?? s_options, 1, Made.Target(null, results)), options ?? s_options);
        return output.ToString();
    }
}
