using System.Globalization;
using System.Text;
using System.Xml;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Running;

namespace RexecConformance.Reports.Formats;

/// <summary>
/// The results as JUnit XML, which most build servers read: a test suite for each target and dialect. A class is named
/// after its target too, since GitLab takes two cases of the same class and name for one.
/// </summary>
public sealed class JUnitReport : IRunRenderer
{
    /// <inheritdoc/>
    public void Write(Stream output, ReportedRun run, RenderContext context)
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(output, settings))
        {
            xml.WriteStartElement("testsuites");
            Attribute(xml, "name", "rexec-conformance");
            Counts(xml, run.Targets);
            foreach (ReportedTarget target in run.Targets)
            {
                Suite(xml, run, target);
            }

            xml.WriteEndElement();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Suite(XmlWriter xml, ReportedRun run, ReportedTarget target)
    {
        string name = target.Name;
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", name);
        Counts(xml, [target]);
        Attribute(xml, "timestamp", run.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        Properties(
            xml,
            ("target", target.Target),
            ("dialect", target.Dialect),
            ("suite", run.Suite),
            ("shard", run.Shard),
            ("guess", target.Guesses.Count == 0 ? null : DialectGuess.Line(target.Guesses)));
        if (target.Failure is { } failure)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "classname", $"{name}.target");
            Attribute(xml, "name", target.Target);
            Attribute(xml, "time", "0");
            Outcome(xml, "error", failure, [$"target {target.Target}: {failure}"]);
            xml.WriteEndElement();
        }

        foreach (ReportedCase one in target.Cases)
        {
            Case(xml, run, one, $"{name}.{one.Topic}");
        }

        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyList<ReportedTarget> targets)
    {
        int Count(params Verdict[] verdicts) => targets.Sum(target => verdicts.Sum(target.Count));

        int broken = targets.Count(target => target.Failure is not null);
        Attribute(xml, "tests", $"{targets.Sum(target => target.Cases.Count) + broken}");
        Attribute(xml, "failures", $"{Count(Verdict.Fail, Verdict.Xpass)}");
        Attribute(xml, "errors", $"{Count(Verdict.Error) + broken}");
        Attribute(xml, "skipped", $"{Count(Verdict.Xfail, Verdict.Blocked, Verdict.Unsupported, Verdict.Unspecified)}");
        Attribute(xml, "time", Seconds(targets.Sum(t => t.Cases.Sum(one => one.Exchange?.Duration.TotalSeconds ?? 0))));
    }

    private static void Case(XmlWriter xml, ReportedRun run, ReportedCase one, string className)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", className);
        Attribute(xml, "name", one.Name);
        if (one.File is { } file)
        {
            Attribute(xml, "file", file);
        }

        Attribute(xml, "time", Seconds(one.Exchange?.Duration.TotalSeconds ?? 0));
        if (one.IsRed)
        {
            Properties(xml, ("verdict", Words.Of(one.Verdict)), ("level", JsonStreams.Lower(one.Level)), ("requires", string.Join(", ", one.Requires)), ("reproduce", one.Reproduce));
            Outcome(
                xml,
                one.Verdict == Verdict.Error ? "error" : "failure",
                one.Verdict == Verdict.Fail ? string.Join("; ", CaseText.Findings(one)) : one.Reason,
                CaseText.Lines(one, run, colour: false));
        }
        else if (RunSentences.IsSkipped(one))
        {
            xml.WriteStartElement("skipped");
            Attribute(xml, "message", RunSentences.Why(one));
            xml.WriteEndElement();
        }

        if (one.Capture is { } capture)
        {
            // GitLab and Jenkins make a link of it, from the folder that the job began in.
            xml.WriteElementString("system-out", $"[[ATTACHMENT|{PlainText.OneLine(Path.GetRelativePath(Environment.CurrentDirectory, capture).Replace('\\', '/'))}]]");
        }

        xml.WriteEndElement();
    }

    private static void Properties(XmlWriter xml, params (string Name, string? Value)[] properties)
    {
        xml.WriteStartElement("properties");
        foreach ((string name, string? value) in properties.Where(property => !string.IsNullOrEmpty(property.Value)))
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", name);
            Attribute(xml, "value", value!);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Outcome(XmlWriter xml, string element, string message, IEnumerable<string> body)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "message", message);
        xml.WriteString(string.Join('\n', body.Select(PlainText.OneLine)));
        xml.WriteEndElement();
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, PlainText.OneLine(value));
}
