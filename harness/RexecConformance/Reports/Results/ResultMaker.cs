using System.Security.Cryptography;
using System.Text;
using RexecConformance.Judging;
using RexecConformance.Requirements;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Results;

/// <summary>Makes what reports tell of what a run brought, without its passwords.</summary>
/// <param name="tree">Scenarios and requirements.</param>
/// <param name="options">Which passwords are hidden.</param>
/// <param name="most">How many bytes of a stream are kept.</param>
public sealed class ResultMaker(ScenarioTree tree, SummaryOptions options, int most = int.MaxValue)
{
    private Dictionary<string, int>? _places;

    /// <summary>When the run began.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>All variants that the filter let through, in order; null: those that there are results of.</summary>
    public IReadOnlyList<Variant>? Variants { get; init; }

    /// <summary>Which part of a run this is, or null.</summary>
    public string? Shard { get; init; }

    /// <summary>The full path of a result's capture, or null.</summary>
    public Func<VariantResult, string?> Capture { get; init; } = _ => null;

    /// <summary>The whole run.</summary>
    public ReportedRun Of(IReadOnlyList<TargetResult> results, int exitCode)
    {
        IReadOnlyList<Variant> variants = Variants ?? [.. results.SelectMany(target => target.Results).Select(result => result.Variant).DistinctBy(v => v.Name)];
        _places = variants.Select((variant, place) => (variant.Name, place)).DistinctBy(v => v.Name).ToDictionary(v => v.Name, v => v.place);
        List<ReportedTarget> targets = [.. results.Select(Of)];
        return new ReportedRun
        {
            Suite = SuiteVersion.Text,
            Time = new DateTimeOffset(Time.Ticks - (Time.Ticks % TimeSpan.TicksPerMillisecond), Time.Offset),
            Variants = variants.Count,
            Selection = Selection(variants),
            Shard = Shard,
            ShowsPasswords = options.ShowPasswords,
            Requirements = targets.SelectMany(target => target.Cases).SelectMany(one => one.Requires).Distinct()
                .Select(id => tree.Requirements.GetValueOrDefault(id)).OfType<Requirement>().ToDictionary(one => one.Id),
            Targets = targets,
            ExitCode = exitCode,
        };
    }

    private ReportedTarget Of(TargetResult target) => new()
    {
        Target = target.Target,
        Dialect = target.Dialect,
        Cases = [.. target.Results.Select(Of)],
        Failure = target.Failure,
        TimelessMilliseconds = Math.Round(target.TimelessMilliseconds, 3),
        Timeless = target.Timeless,
        Guesses = target.Guesses,
        Fits = target.Fits,
    };

    private ReportedCase Of(VariantResult result)
    {
        Scenario scenario = result.Variant.Scenario;
        Redaction redaction = options.ShowPasswords ? Redaction.None : Redaction.Of(options.Passwords, scenario);
        List<Finding> findings = [.. result.Findings.Select(finding => Hidden(finding, result, redaction))];
        return new ReportedCase
        {
            Target = result.Target,
            Dialect = result.Dialect,
            Place = _places?.GetValueOrDefault(result.Variant.Name) ?? 0,
            Id = scenario.Id,
            Segmentation = result.Variant.Fragmentation.Name,
            Title = scenario.Title,
            Level = scenario.Level,
            Topic = Topic(scenario),
            File = BelowHere(scenario.File),
            Tags = scenario.Tags,
            Verdict = result.Verdict,
            Reason = findings.SequenceEqual(result.Findings) ? result.Reason : string.Join("; ", findings.Select(finding => finding.Text)),
            Timed = result.Timed,
            Requires = Requires(scenario, result.Dialect),
            Basis = result.Expected?.Basis ?? [],
            Findings = findings,
            ExpectedPrimary = result.Expected is { } expected ? Of(expected.Primary, redaction) : null,
            ExpectedAux = result.Expected is { } aux ? Of(aux.Aux, redaction) : null,
            Exchange = result.Transcript is { } transcript ? Of(transcript, redaction) : null,
            Reproduce = result.Reproduce,
            Capture = Capture(result),
        };
    }

    /// <summary>The requirements of a scenario: those of one dialect, or all where none is said to be that dialect's.</summary>
    internal IReadOnlyList<string> Requires(Scenario scenario, string? dialect)
    {
        bool OfDialect(string id) => tree.Requirements.TryGetValue(id, out Requirement? found) && found.Systems.Contains(dialect);
        bool some = dialect is not null && scenario.Requires.Any(OfDialect);
        return some ? [.. scenario.Requires.Where(OfDialect)] : scenario.Requires;
    }

    private string Topic(Scenario scenario)
    {
        string folder = Path.GetDirectoryName(Path.GetRelativePath(Path.Combine(tree.Directory, "cases"), scenario.File)) ?? "";
        string[] parts = folder.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 || parts[0] == ".." ? "cases" : string.Join('.', parts);
    }

    private static string Selection(IEnumerable<Variant> variants) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', variants.Select(variant => variant.Name)))))[..16];

    private static string? BelowHere(string file)
    {
        string path = Path.GetRelativePath(Directory.GetCurrentDirectory(), file).Replace(Path.DirectorySeparatorChar, '/');
        return Path.IsPathRooted(path) || path == ".." || path.StartsWith("../", StringComparison.Ordinal) ? null : path;
    }

    // The text of a finding may hold the bytes, cut anywhere.
    private static Finding Hidden(Finding finding, VariantResult result, Redaction redaction)
    {
        if (finding is not { Kind: FindingKind.Bytes, Stream: { } stream })
        {
            return finding;
        }

        ExpectedStream? expected = stream == StreamName.Primary ? result.Expected?.Primary : result.Expected?.Aux;
        bool holds = redaction.Hides(result.Transcript?.Stream(stream).Bytes ?? [])
            || (expected?.Content.Parts.Any(part => part.Bytes is { } bytes && redaction.Hides(bytes)) ?? false);
        return holds
            ? finding with { Text = $"{Words.Of(stream)}: wrong bytes" + (finding.Offset < 0 ? "" : $" from offset {finding.Offset}") }
            : finding;
    }

    private ReportedExpectation Of(ExpectedStream expected, Redaction redaction) => new()
    {
        Check = expected.Check,
        Connected = expected.Connected,
        Parts = expected.Content.IsLiteral
            ? expected.Content.LiteralBytes is { Length: > 0 } all ? [new ReportedPart(Seen(all, redaction), null)] : []
            : [.. expected.Content.Parts.Select(part => new ReportedPart(part.Bytes is { } bytes ? Seen(bytes, redaction) : null, part.Pattern))],
        End = expected.End,
        Endless = expected.Endless is not null,
        OpenFor = expected.OpenFor,
        NotBefore = expected.NotBefore,
        Within = expected.Within,
    };

    private ReportedExchange Of(Transcript transcript, Redaction redaction) => new()
    {
        Did = [.. Did(transcript, redaction)],
        Primary = Of(transcript.Primary, redaction),
        Aux = Of(transcript.Aux, redaction),
        StepsDoneAt = Rounded(transcript.StepsDoneAt),
        ConnectError = transcript.ConnectError,
        Fragments = transcript.Fragments,
        Segments = transcript.Segments,
        SegmentProof = transcript.SegmentProof,
        Duration = Rounded(transcript.Duration),
    };

    private IEnumerable<ReportedEvent> Did(Transcript transcript, Redaction redaction)
    {
        // A password may be cut into several segments: it is found in all bytes together.
        byte[] primary = [.. transcript.Events.Where(e => e.Stream != StreamName.Aux).SelectMany(e => e.Sent ?? [])];
        bool[] mask = redaction.Sent(primary);
        int offset = 0;
        foreach (TranscriptEvent one in transcript.Events)
        {
            ReportedBytes? bytes = null;
            if (one.Sent is { } sent)
            {
                bool aux = one.Stream == StreamName.Aux;
                bytes = ReportedBytes.Of(sent, aux ? redaction.Seen(sent) : mask[offset..(offset + sent.Length)], most);
                offset += aux ? 0 : sent.Length;
            }

            yield return new ReportedEvent(Rounded(one.At), one.Stream, bytes, one.Text);
        }
    }

    private ReportedStream Of(StreamTranscript stream, Redaction redaction) => new()
    {
        Connected = stream.Connected,
        ConnectedAt = stream.Connected ? Rounded(stream.ConnectedAt) : default,
        Bytes = Seen(stream.Bytes, redaction),
        Pieces = [.. (stream.Chunks.Count <= ReportedStream.MostPieces
            ? stream.Chunks
            : stream.Chunks.Take(ReportedStream.MostPieces - 1).Append(stream.Chunks[^1])).Select(chunk => new ReportedPiece(Rounded(chunk.At), chunk.Bytes.Length))],
        PieceCount = stream.Chunks.Count,
        End = stream.Connected ? stream.End : default,
        EndAt = stream.Connected ? Rounded(stream.EndAt) : default,
        Overflow = stream.Overflow,
    };

    // As exact as files hold it, so that a report is the same when it is made of one.
    private static TimeSpan Rounded(TimeSpan time) => new((long)Math.Round(time.Ticks / (double)TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);

    private ReportedBytes Seen(byte[] bytes, Redaction redaction) => ReportedBytes.Of(bytes, redaction.Seen(bytes), most);
}
