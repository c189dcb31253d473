using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Requirements;
using RexecConformance.Running;

namespace RexecConformance.Reports.Results;

/// <summary>Reads a JSON result of <c>run</c>, <c>compare</c> or <c>merge</c> again.</summary>
public static class ResultReader
{
    /// <summary>All of a file.</summary>
    /// <exception cref="FormatException">It is no report of a whole run, or can't be read; the message is one line with file and line.</exception>
    public static ReportedRun Read(string path) => Read(path, ResultLines.Of(path));

    /// <summary>All of a file whose lines are read elsewhere.</summary>
    /// <param name="path">The file, for messages and for the captures beside it.</param>
    /// <param name="lines">Its lines; what they throw of the file system is told as a file that can't be read.</param>
    /// <exception cref="FormatException">It is no report of a whole run, or can't be read; the message is one line with file and line.</exception>
    public static ReportedRun Read(string path, IEnumerable<string> lines)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Directory.GetCurrentDirectory();
        var reading = new Reading(path, folder);
        int number = 0;
        try
        {
            foreach (string line in lines)
            {
                number++;
                using var document = JsonDocument.Parse(line);
                reading.Add(document.RootElement, number);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException
            || (e is FormatException && !e.Message.StartsWith(path, StringComparison.Ordinal)))
        {
            throw new FormatException(PlainText.OneLine($"{path}:{number}: is no record of a JSON report (--report json=FILE writes one)"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ResultLines.Failure(path, e);
        }

        return number == 0 ? throw new FormatException(PlainText.OneLine($"{path}: is empty, expected a JSON report (--report json=FILE writes one)")) : reading.Whole();
    }

    private sealed class Reading(string path, string folder)
    {
        private readonly Dictionary<string, Requirement> _requirements = [];
        private readonly List<ReportedTarget> _targets = [];
        private List<ReportedCase> _cases = [];
        private JsonElement _start;
        private ReportedRun? _run;

        public void Add(JsonElement record, int number)
        {
            if (_run is not null)
            {
                throw new FormatException($"{path}:{number}: a second report begins here, expected one in a file");
            }

            string kind = record.Needed("record");
            if (number == 1)
            {
                Begin(record, kind);
                return;
            }

            switch (kind)
            {
                case "requirement":
                    Requirement requirement = ReadRequirement(record);
                    _requirements[requirement.Id] = requirement;
                    break;
                case "result":
                    _cases.Add(ResultCaseReader.Read(record, folder));
                    break;
                case "target":
                    End(record, number);
                    break;
                case "complete":
                    Complete(record);
                    break;
            }
        }

        public ReportedRun Whole() => _run ?? throw new FormatException($"{path}: has no 'complete' record: the run did not come to its end");

        private void Begin(JsonElement record, string kind)
        {
            if (kind != "start" || record.GetProperty("format").GetInt32() != ResultWriter.Format)
            {
                throw new FormatException($"{path}:1: expected a 'start' record of format {ResultWriter.Format}");
            }

            if (record.TryGetProperty("verb", out JsonElement verb))
            {
                throw new FormatException($"{path}:1: is a result of {verb.GetString()}, expected one of run, compare or merge");
            }

            _start = record.Clone();
        }

        private void End(JsonElement record, int number)
        {
            var target = new ReportedTarget
            {
                Target = record.Needed("target"),
                Dialect = record.Needed("dialect"),
                Cases = _cases,
                Failure = record.Text("failure"),
                Timeless = record.Count("timeless"),
                TimelessMilliseconds = record.GetProperty("timelessMs").Figure(),
                Guesses = ReadGuesses(record, "guesses"),
                Fits = ReadGuesses(record, "fits"),
            };
            if (Words.Verdicts.Any(verdict => record.GetProperty("counts").GetProperty(Words.Of(verdict)).GetInt32() != target.Count(verdict)))
            {
                throw new FormatException($"{path}:{number}: counts other results of {target.Name} than stand before it: lines are missing");
            }

            _targets.Add(target);
            _cases = [];
        }

        private void Complete(JsonElement record)
        {
            int counted = record.GetProperty("counts").EnumerateObject().Sum(count => count.Value.GetInt32());
            int held = _targets.Sum(target => target.Cases.Count);
            if (counted != held || _cases.Count > 0)
            {
                throw new FormatException($"{path}: holds {held + _cases.Count} results, but counts {counted}: lines are missing");
            }

            _run = new ReportedRun
            {
                Suite = _start.Needed("suite"),
                Time = _start.GetProperty("time").GetDateTimeOffset(),
                Variants = _start.GetProperty("variants").GetInt32(),
                Selection = _start.Text("selection") ?? "",
                Shard = _start.Text("shard"),
                ShowsPasswords = _start.TryGetProperty("showsPasswords", out JsonElement shows) && shows.GetBoolean(),
                Requirements = _requirements,
                Targets = _targets,
                ExitCode = ReadExitCode(record.GetProperty("exitCode").GetInt32()),
            };
        }

        // merge ends with it: 256 would be 0 to a shell.
        private static int ReadExitCode(int code) => code is (>= 0 and <= 5) or 130 ? code : throw new FormatException($"{code} is no exit code");

        private static IReadOnlyList<DialectGuess> ReadGuesses(JsonElement record, string name) => [.. record.List(name).Select(guess => new DialectGuess(
            guess.Needed("dialect"),
            guess.Count("differences"),
            guess.Count("judged"),
            guess.Count("explained")))];

        private Requirement ReadRequirement(JsonElement record) => new(
            record.Needed("id"),
            record.Needed("says"),
            record.Needed("level"),
            record.Texts("systems"),
            [.. record.List("sources").Select(source => new RequirementSource(
                source.Needed("document"),
                source.Number("firstLine", 0),
                source.Number("lastLine", 0),
                source.Text("section"),
                source.Needed("quote"),
                0))],
            NotTested: null,
            File: path,
            Line: 0);
    }
}
