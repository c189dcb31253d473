using System.Text;
using System.Xml;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports;

/// <summary>The results as JUnit XML, which most build servers read: a test suite for each target and dialect.</summary>
public sealed class JUnitReport : IRunRenderer
{
    /// <inheritdoc/>
    public void Write(Stream output, ReportedRun run, RenderContext context)
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(output, settings))
        {
            Write(xml, run);
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(XmlWriter xml, ReportedRun run)
    {
        xml.WriteStartElement("testsuites");
        Attribute(xml, "name", "rexec-conformance");
        WriteCounts(xml, run.Targets);
        foreach (ReportedTarget target in run.Targets)
        {
            xml.WriteStartElement("testsuite");
            Attribute(xml, "name", target.Name);
            WriteCounts(xml, [target]);
            Attribute(xml, "timestamp", run.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss"));
            if (target.Failure is { } failure)
            {
                xml.WriteStartElement("testcase");
                Attribute(xml, "classname", "target");
                Attribute(xml, "name", target.Target);
                Attribute(xml, "time", "0");
                Outcome(xml, "error", failure, $"target {target.Target}: {failure}");
                xml.WriteEndElement();
            }

            foreach (ReportedCase one in target.Cases)
            {
                WriteCase(xml, one, run);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<ReportedTarget> targets)
    {
        int Count(params Verdict[] verdicts) => targets.Sum(target => verdicts.Sum(target.Count));

        int broken = targets.Count(target => target.Failure is not null);
        double seconds = targets.Sum(t => t.Cases.Sum(one => one.Exchange?.Duration.TotalSeconds ?? 0));
        Attribute(xml, "tests", $"{targets.Sum(target => target.Cases.Count) + broken}");
        Attribute(xml, "failures", $"{Count(Verdict.Fail, Verdict.Xpass)}");
        Attribute(xml, "errors", $"{Count(Verdict.Error) + broken}");
        Attribute(xml, "skipped", $"{Count(Verdict.Xfail, Verdict.Blocked, Verdict.Unsupported, Verdict.Unspecified)}");
        Attribute(xml, "time", $"{seconds:0.000}");
    }

    private static void WriteCase(XmlWriter xml, ReportedCase one, ReportedRun run)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", one.Topic);
        Attribute(xml, "name", one.Name);
        Attribute(xml, "time", $"{one.Exchange?.Duration.TotalSeconds ?? 0:0.000}");
        switch (one.Verdict)
        {
            case Verdict.Pass:
                break;
            case Verdict.Fail or Verdict.Xpass or Verdict.Error:
                Outcome(
                    xml,
                    one.Verdict == Verdict.Error ? "error" : "failure",
                    one.Verdict == Verdict.Fail ? string.Join("; ", CaseText.Findings(one)) : PlainText.OneLine(one.Reason),
                    string.Join('\n', CaseText.Lines(one, run, colour: false)));
                break;
            default:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", $"{Words.Of(one.Verdict)}: {one.Reason}");
                xml.WriteEndElement();
                break;
        }

        xml.WriteEndElement();
    }

    private static void Outcome(XmlWriter xml, string element, string message, string body)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "message", message);
        xml.WriteString(string.Join('\n', body.Split('\n').Select(PlainText.OneLine)));
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, PlainText.OneLine(value));
}
