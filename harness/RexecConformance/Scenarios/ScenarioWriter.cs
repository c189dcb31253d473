using System.Globalization;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Authoring;
using RexecConformance.Bytes;
using RexecConformance.Transcripts;

namespace RexecConformance.Scenarios;

/// <summary>Writes a scenario of a capture, of a fuzzer or of an author as the file that <see cref="ScenarioReader"/> reads to the same scenario.</summary>
/// <remarks>Only what these make: no faults, options, other clients or slow readers.</remarks>
public static class ScenarioWriter
{
    /// <summary>The whole text of the file.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="schema">Path of the schema as seen from the file, for its first line; null leaves the line to who writes the file, but for a find of a fuzzer.</param>
    /// <param name="comments">By top-level key: what a person should know or decide there, a line each, written above the key.</param>
    /// <exception cref="ArgumentException">The scenario has something that none of them makes.</exception>
    public static string Write(Scenario scenario, string? schema = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? comments = null)
    {
        var text = new StringBuilder();
        void Line(string line)
        {
            // A key at the beginning of a line is a top-level one.
            foreach (string comment in line[0] is ' ' or '#' ? [] : comments?.GetValueOrDefault(line[..line.IndexOf(':', StringComparison.Ordinal)]) ?? [])
            {
                _ = text.Append("# ").Append(comment).Append('\n');
            }

            _ = text.Append(line).Append('\n');
        }

        bool fuzzed = scenario.Fuzzed is not null;
        if (schema is not null || fuzzed)
        {
            Line(SchemaLine.Beginning + (schema ?? $"../../{SchemaLine.Folder}/{SchemaLine.FileName(SchemaLine.Scenario)}"));
        }

        Line("format: 1");
        Line($"id: {ByteYaml.Word(scenario.Id)}");
        Line($"title: {ByteYaml.Quote(scenario.Title)}");
        Line($"level: {scenario.Level.ToString().ToLowerInvariant()}");
        if (scenario.Requires.Count > 0)
        {
            Line($"requires: [{string.Join(", ", scenario.Requires)}]");
        }

        Line($"tags: [{string.Join(", ", scenario.Tags)}]");
        if (scenario.DependsOn.Count > 0)
        {
            Line($"depends-on: [{string.Join(", ", scenario.DependsOn)}]");
        }

        if (scenario.Needs.Count > 0)
        {
            Line($"needs: [{string.Join(", ", scenario.Needs)}]");
        }

        if (scenario.Captured is { } captured)
        {
            Line("captured:");
            Line($"  file: {ByteYaml.Quote(captured.File)}");
            Line($"  sha256: \"{captured.Sha256}\"");
            Line($"  date: \"{captured.Date}\"");
            Line($"  conversation: {captured.Conversation.ToString(CultureInfo.InvariantCulture)}");
            if (captured.Daemon is { } daemon)
            {
                Line($"  daemon: {ByteYaml.Quote(daemon)}");
            }

            if (captured.Dialects.Count > 0)
            {
                Line($"  dialects: [{string.Join(", ", captured.Dialects.Select(ByteYaml.Word))}]");
            }
        }

        if (scenario.Network == AddressFamily.InterNetworkV6)
        {
            Line("network: ipv6");
        }

        if (scenario.Aux.Mode != AuxMode.None)
        {
            Line(scenario.Aux.After > TimeSpan.Zero
                ? $"aux: {{ mode: {Mode(scenario.Aux.Mode)}, after: {Duration(scenario.Aux.After)} }}"
                : $"aux: {Mode(scenario.Aux.Mode)}");
        }

        Line("send:");
        foreach (SendStep step in scenario.Send)
        {
            Line($"  - {(scenario.Captured is null ? FuzzedStep(step) : Step(step))}");
        }

        if (scenario.Fragments is not [WholeFragmentation])
        {
            Line("fragments:");
            foreach (Fragmentation fragmentation in scenario.Fragments)
            {
                Line($"  - {Segments(fragmentation)}");
            }
        }

        Line(scenario.Undecided ? $"expect: {AlternativeReader.Undecided}" : "expect:");
        foreach (Alternative alternative in scenario.Expect)
        {
            foreach ((string line, int i) in Expected(alternative, scenario.Captured is null).Select((line, i) => (line, i)))
            {
                Line((i == 0 ? "  - " : "    ") + line);
            }
        }

        if (scenario.Basis.Count > 0)
        {
            Line("basis:");
            foreach (ScenarioBasis entry in scenario.Basis)
            {
                Line($"  - {Basis(entry)}");
            }
        }

        if (scenario.Notes is { } notes && scenario.Captured is not null)
        {
            Line($"notes: {ByteYaml.Quote(notes)}");
        }
        else if (scenario.Notes is { } folded)
        {
            foreach (string line in FuzzedYaml.Folded("notes", folded, ""))
            {
                Line(line);
            }
        }

        foreach (string line in scenario.Fuzzed is { } source ? FuzzedYaml.Lines(source) : [])
        {
            Line(line);
        }

        return text.ToString();
    }

    private static string Segments(Fragmentation fragmentation) => fragmentation switch
    {
        AfterFragmentation after => $"after: [{string.Join(", ", after.Fields)}]",
        CapturedFragmentation captured => "captured: [" + string.Join(", ", captured.Cuts.Select(cut =>
            cut.Then.Count == 0 ? cut.ToString() : $"{{ after: {cut}, then: [{string.Join(", ", cut.Then.Select(step => $"{{ {Step(step)} }}"))}] }}")) + "]",
        SplitFragmentation split => $"{{ split: [{string.Join(", ", split.Offsets)}] }}",
        _ => fragmentation.Name,
    };

    // On one line: an operation by its name, long runs of one byte counted.
    private static string FuzzedStep(SendStep step) => step switch
    {
        BytesStep { IsField: true } field => $"{field.Kind}: {FuzzedYaml.Bytes(WithoutNul(field.Bytes))}",
        BytesStep bytes => $"{bytes.Kind}: {FuzzedYaml.Bytes(bytes.Bytes)}",
        _ => Step(step),
    };

    private static string Basis(ScenarioBasis entry)
    {
        bool inferred = entry.Basis.Kind == Dialects.BasisKind.Inferred;
        (string Key, string? Value)[] pairs =
        [
            ("source", inferred && entry.Basis.Source == ScenarioBasis.OwnSource ? null : entry.Basis.Source), ("place", entry.Basis.Place), ("note", entry.Basis.Note),
        ];
        return "{ " + (entry.Dialect is { } dialect ? $"dialect: {ByteYaml.Word(dialect)}, " : "") + $"kind: {entry.Basis.Kind.ToString().ToLowerInvariant()}"
            + string.Concat(pairs.Where(pair => pair.Value is not null).Select(pair => $", {pair.Key}: {ByteYaml.Quote(pair.Value!)}")) + " }";
    }

    // AcceptLate is accept-late.
    private static string Mode(AuxMode mode) =>
        string.Concat(mode.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private static string Step(SendStep step) => step switch
    {
        // A field's NUL is the step's own.
        BytesStep { IsField: true } field => $"{field.Kind}: {ByteYaml.Write(WithoutNul(field.Bytes), 6)}",
        BytesStep bytes => $"{bytes.Kind}: {ByteYaml.Write(bytes.Bytes, 6)}",
        PauseStep pause => $"pause: {Duration(pause.Duration)}",
        AwaitAuxStep wait when wait.Within == SendStepReader.DefaultAwait => "await: aux",
        AwaitAuxStep wait => $"await: {{ stream: aux{Within(wait.Within)} }}",
        AwaitBytesStep wait => $"await: {{ stream: {Name(wait.Stream)}, bytes: {Awaited(wait.Bytes)}{Within(wait.Within)} }}",
        AwaitEndStep wait => $"await: {{ stream: {Name(wait.Stream)}, end: true{Within(wait.Within)} }}",
        SignalStep { Together: true } signal => $"signal: {{ together: [{string.Join(", ", signal.Signals)}] }}",
        SignalStep { Signals: [var one] } => $"signal: {one}",
        SignalStep signal => $"signal: [{string.Join(", ", signal.Signals)}]",
        HalfCloseStep half => $"half-close: {Name(half.Stream)}",
        CloseStep close => $"close: {Name(close.Stream)}",
        ResetStep reset => $"reset: {Name(reset.Stream)}",
        _ => throw new ArgumentException($"{step} is not written", nameof(step)),
    };

    private static IEnumerable<string> Expected(Alternative alternative, bool fuzzed)
    {
        if (alternative.When.Count > 0)
        {
            yield return $"when: {{ {string.Join(", ", alternative.When.Select(When))} }}";
        }

        if (alternative.Accepted is { } accepted)
        {
            if (accepted.Stdout.Parts.Count + accepted.Stderr.Parts.Count == 0)
            {
                yield return "accepted: {}";
            }
            else
            {
                yield return "accepted:";
                foreach ((string name, ByteTemplate bytes) in new[] { ("stdout", accepted.Stdout), ("stderr", accepted.Stderr) }.Where(pair => pair.Item2.Parts.Count > 0))
                {
                    yield return $"  {name}: {ByteYamlOf(bytes, fuzzed)}";
                }
            }
        }

        if (alternative.Refused is { } cause)
        {
            yield return $"refused: {cause}";
        }

        foreach ((string name, StreamRule? rule) in new[] { ("primary", alternative.Primary), ("aux", alternative.Aux) })
        {
            if (rule is null)
            {
                continue;
            }

            yield return $"{name}:";
            foreach (string line in Rule(rule, fuzzed))
            {
                yield return "  " + line;
            }
        }
    }

    private static IEnumerable<string> Rule(StreamRule rule, bool fuzzed)
    {
        if (!rule.Check)
        {
            yield return "check: false";
        }

        if (rule.Connection is { } connection)
        {
            yield return $"connection: {(connection == ConnectionRule.Refused ? "refused" : "turned-away")}";
        }

        if (rule.Connected is { } connected)
        {
            yield return $"connected: {(connected ? "true" : "false")}";
        }

        if (rule.Bytes is { } bytes)
        {
            yield return $"bytes: {ByteYamlOf(bytes, fuzzed)}";
        }

        if (rule.Beginning is { } beginning)
        {
            yield return $"beginning: {ByteYamlOf(beginning, fuzzed)}";
        }

        if (rule.End is { } end)
        {
            yield return $"end: {end.ToString().ToLowerInvariant()}";
        }

        if (rule.Endless is { } endless)
        {
            yield return $"endless: {ByteYamlOf(endless, fuzzed)}";
        }

        if (rule.OpenFor is { } openFor)
        {
            yield return $"open-for: {Duration(openFor)}";
        }

        if (rule.NotBefore is { } notBefore)
        {
            yield return $"not-before: {Duration(notBefore)}";
        }

        if (rule.Within is { } within)
        {
            yield return $"within: {Duration(within)}";
        }
    }

    private static string ByteYamlOf(ByteTemplate bytes, bool fuzzed) => fuzzed ? FuzzedYaml.Bytes(bytes) : ByteYaml.Write(bytes, 8);

    private static string When(Condition condition) => $"{condition.Property}: " + (condition.Operator != "=" ? $"\"{condition.Operator} {condition.Values[0]}\""
        : condition.Values.Count == 1 ? Value(condition.Values[0])
        : $"[{string.Join(", ", condition.Values.Select(Value))}]");

    private static string Value(string value) => value.All(char.IsAsciiDigit) ? value : ByteYaml.Word(value);

    // It stands within a flow mapping, where a list of lines cannot: what counts is how many bytes there are.
    private static string Awaited(ByteTemplate bytes) => bytes.Parts switch
    {
        [] => "\"\"",
        [LiteralPart { Bytes.Length: > 64 } long64] => $"{{ repeat: \".\", times: {long64.Bytes.Length.ToString(CultureInfo.InvariantCulture)} }}",
        _ => ByteYaml.Write(bytes, 0),
    };

    private static string Within(TimeSpan within) => within == SendStepReader.DefaultAwait ? "" : $", within: {Duration(within)}";

    private static string Duration(TimeSpan time) => time.TotalMilliseconds % 1000 == 0
        ? $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s"
        : $"{time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}ms";

    private static string Name(StreamName stream) => stream == StreamName.Aux ? "aux" : "primary";

    private static ByteTemplate WithoutNul(ByteTemplate bytes) => bytes.Parts is [.., LiteralPart { Bytes: [.. var text, 0] }]
        ? new ByteTemplate([.. bytes.Parts.SkipLast(1), .. text.Length == 0 ? Array.Empty<BytePart>() : [new LiteralPart(text)]])
        : throw new ArgumentException("a field without its NUL", nameof(bytes));
}
