using System.Text;
using System.Xml;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;

namespace RexecConformance.Reports;

/// <summary>The results as JUnit XML, which most build servers read: a test suite for each target and dialect.</summary>
public sealed class JUnitReport : IDisposable
{
    private readonly ReportFile _file;
    private readonly ScenarioTree _tree;
    private readonly SummaryOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<TargetResult> _targets = [];

    private JUnitReport(ReportFile file, ScenarioTree tree, SummaryOptions options, TimeProvider time)
    {
        _file = file;
        _tree = tree;
        _options = options with { Colour = false };
        _time = time;
    }

    /// <summary>Opens the report; see <see cref="ReportFile.Open"/>. Colour is never written.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public static JUnitReport Open(
        string path, ScenarioTree tree, SummaryOptions options, Stream? standardOutput = null, TimeProvider? time = null) =>
        new(ReportFile.Open(path, standardOutput), tree, options, time ?? TimeProvider.System);

    /// <summary>Adds all results of a target; call it when the target's run is over, also after an interruption.</summary>
    public void Add(TargetResult target)
    {
        lock (_lock)
        {
            _targets.Add(target);
        }
    }

    /// <summary>Writes the file and puts it in its place.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public void Complete()
    {
        lock (_lock)
        {
            using var bytes = new MemoryStream();
            var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
            using (var xml = XmlWriter.Create(bytes, settings))
            {
                Write(xml);
            }

            bytes.WriteByte((byte)'\n');
            _file.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            _file.Complete();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(XmlWriter xml)
    {
        xml.WriteStartElement("testsuites");
        Attribute(xml, "name", "rexec-conformance");
        WriteCounts(xml, _targets);
        foreach (TargetResult target in _targets)
        {
            xml.WriteStartElement("testsuite");
            Attribute(xml, "name", $"{target.Target} as {target.Dialect}");
            WriteCounts(xml, [target]);
            Attribute(xml, "timestamp", _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss"));
            if (target.Failure is { } failure)
            {
                xml.WriteStartElement("testcase");
                Attribute(xml, "classname", "target");
                Attribute(xml, "name", target.Target);
                Attribute(xml, "time", "0");
                Outcome(xml, "error", failure, $"target {target.Target}: {failure}");
                xml.WriteEndElement();
            }

            foreach (VariantResult result in target.Results)
            {
                WriteCase(xml, result);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<TargetResult> targets)
    {
        int Count(params Verdict[] verdicts) => targets.Sum(target => verdicts.Sum(target.Count));

        int broken = targets.Count(target => target.Failure is not null);
        double seconds = targets.Sum(t => t.Results.Sum(r => r.Transcript?.Duration.TotalSeconds ?? 0));
        Attribute(xml, "tests", $"{targets.Sum(target => target.Results.Count) + broken}");
        Attribute(xml, "failures", $"{Count(Verdict.Fail, Verdict.Xpass)}");
        Attribute(xml, "errors", $"{Count(Verdict.Error) + broken}");
        Attribute(xml, "skipped", $"{Count(Verdict.Xfail, Verdict.Blocked, Verdict.Unsupported, Verdict.Unspecified)}");
        Attribute(xml, "time", $"{seconds:0.000}");
    }

    private void WriteCase(XmlWriter xml, VariantResult result)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", Topic(result.Variant.Scenario));
        Attribute(xml, "name", result.Variant.Name);
        Attribute(xml, "time", $"{result.Transcript?.Duration.TotalSeconds ?? 0:0.000}");
        switch (result.Verdict)
        {
            case Verdict.Pass:
                break;
            case Verdict.Fail or Verdict.Xpass or Verdict.Error:
                Redaction redaction = _options.ShowPasswords ? Redaction.None : Redaction.Of(_options.Passwords, result.Variant.Scenario);
                string message = result.Verdict == Verdict.Fail
                    ? string.Join("; ", CaseText.Findings(result, redaction))
                    : PlainText.OneLine(result.Reason);
                Outcome(
                    xml,
                    result.Verdict == Verdict.Error ? "error" : "failure",
                    message,
                    string.Join('\n', CaseText.Lines(result, _tree, _options)));
                break;
            default:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", $"{Words.Of(result.Verdict)}: {result.Reason}");
                xml.WriteEndElement();
                break;
        }

        xml.WriteEndElement();
    }

    /// <summary>The folder of the scenario below <c>cases/</c>.</summary>
    private string Topic(Scenario scenario)
    {
        string folder = Path.GetDirectoryName(Path.GetRelativePath(Path.Combine(_tree.Directory, "cases"), scenario.File)) ?? "";
        string[] parts = folder.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 || parts[0] == ".." ? "cases" : string.Join('.', parts);
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
