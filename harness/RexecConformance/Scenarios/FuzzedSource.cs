using System.Globalization;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>What one stream of a target brought when a fuzzer found the case.</summary>
/// <param name="Bytes">All bytes.</param>
/// <param name="End">How it ended; <see cref="StreamEnd.Open"/> where it had not when the client went.</param>
public sealed record FuzzedStream(byte[] Bytes, StreamEnd End);

/// <summary>What one target answered when a fuzzer found the case.</summary>
/// <param name="Target">The target as it was written.</param>
/// <param name="Dialect">The dialect that it is of.</param>
/// <param name="Server">The server with its version, or null where nobody said.</param>
/// <param name="Primary">On the connection that the client made; null if the server did not take it.</param>
/// <param name="Aux">On the connection that the server made; null if it made none.</param>
public sealed record FuzzedReply(string Target, string Dialect, string? Server, FuzzedStream? Primary, FuzzedStream? Aux);

/// <summary>The find of a fuzzer that a scenario was made from (<c>fuzzed</c>): the basis of all bytes that it states itself.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Number">Number of the case in it.</param>
/// <param name="Command">The command line that finds it again.</param>
/// <param name="Date">Day of the run, <c>YYYY-MM-DD</c> UTC.</param>
/// <param name="Observed">What each target answered.</param>
/// <param name="Story">What it is about, in a few sentences; null where nobody has told.</param>
public sealed record FuzzedSource(
    ulong Seed, long Number, string Command, string Date, IReadOnlyList<FuzzedReply> Observed, string? Story)
{
    private static readonly StreamEnd[] s_ends = [StreamEnd.Fin, StreamEnd.Rst, StreamEnd.Open, StreamEnd.Left];

    /// <summary>The run in words.</summary>
    public string Run =>
        $"found by the fuzzer on {Date}, seed {Seed.ToString(CultureInfo.InvariantCulture)}, case {Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The evidence for bytes that the scenario states itself: they were seen of some dialects, and follow from the properties of the others.</summary>
    /// <param name="dialect">Whose bytes they are.</param>
    public Basis BasisOf(string dialect) => Observed.Where(reply => reply.Dialect == dialect).ToList() is { Count: > 0 } seen
        ? new Basis(BasisKind.Observed, string.Join(" and ", seen.Select(reply => reply.Server ?? reply.Target)), Run, null)
        : new Basis(BasisKind.Inferred, "the properties of the dialect", null, "what a server with these properties answers; the case was seen on other servers");

    internal static FuzzedSource? Read(MappingReader map)
    {
        if (!map.TryTake("fuzzed", out YamlNode? node) || map.Source.Mapping(node, "fuzzed") is not { } fuzzed)
        {
            return null;
        }

        var source = new FuzzedSource(
            Whole(fuzzed, "seed"),
            (long)Math.Min(Whole(fuzzed, "number"), long.MaxValue),
            fuzzed.RequireText("command"),
            Day(fuzzed),
            [.. Replies(fuzzed)],
            fuzzed.OptionalText("story"));
        fuzzed.Finish();
        return source;
    }

    private static ulong Whole(MappingReader map, string key)
    {
        string text = map.RequireText(key);
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            map.Source.Report(map.Node, $"'{key}' is '{text}', expected a whole number of 64 bits, 0 or more");
        }

        return number;
    }

    private static string Day(MappingReader map)
    {
        string text = map.RequireText("date");
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            map.Source.Report(map.Node, $"'date' is '{text}', expected a day such as 2026-11-20");
        }

        return text;
    }

    private static IEnumerable<FuzzedReply> Replies(MappingReader map)
    {
        if (map.Require("observed") is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            map.Source.Report(map.Node, "'observed' is expected to be a list with what each target answered");
            yield break;
        }

        foreach (YamlNode child in list.Children)
        {
            if (map.Source.Mapping(child, "observed") is { } reply)
            {
                yield return new FuzzedReply(
                    reply.RequireText("target"), reply.RequireText("dialect"), reply.OptionalText("server"), Stream(reply, "primary"), Stream(reply, "aux"));
                reply.Finish();
            }
        }
    }

    private static FuzzedStream? Stream(MappingReader map, string key)
    {
        if (!map.TryTake(key, out YamlNode? node) || map.Source.Mapping(node, key) is not { } stream)
        {
            return null;
        }

        byte[] bytes = stream.Require("bytes") is { } written ? Literal(stream, written) : [];
        string end = stream.OptionalText("end", [.. s_ends.Select(Word)]) ?? Word(StreamEnd.Fin);
        stream.Finish();
        return new FuzzedStream(bytes, Array.Find(s_ends, one => Word(one) == end));
    }

    private static byte[] Literal(MappingReader map, YamlNode node)
    {
        ByteTemplate template = ByteTemplateReader.Read(map.Source, node, inExpectation: false);
        if (template.Parts.Any(part => part is not LiteralPart))
        {
            map.Source.Report(node, "'bytes' of 'observed' are what came, without places");
            return [];
        }

        return [.. template.Parts.OfType<LiteralPart>().SelectMany(part => part.Bytes)];
    }

    /// <summary>An end as the file has it.</summary>
    internal static string Word(StreamEnd end) => end.ToString().ToLowerInvariant();
}
