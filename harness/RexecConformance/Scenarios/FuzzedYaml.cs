using System.Globalization;
using RexecConformance.Bytes;

namespace RexecConformance.Scenarios;

/// <summary>Writes what only a scenario of a fuzzer has.</summary>
internal static class FuzzedYaml
{
    // Fewer are still counted at a glance.
    private const int LeastRun = 20;

    /// <summary>The section <c>fuzzed</c>, line by line.</summary>
    public static IEnumerable<string> Lines(FuzzedSource fuzzed)
    {
        yield return "fuzzed:";
        yield return $"  seed: {fuzzed.Seed.ToString(CultureInfo.InvariantCulture)}";
        yield return $"  number: {fuzzed.Number.ToString(CultureInfo.InvariantCulture)}";
        yield return $"  command: {ByteYaml.Quote(fuzzed.Command)}";
        yield return $"  date: \"{fuzzed.Date}\"";
        yield return "  observed:";
        foreach (FuzzedReply reply in fuzzed.Observed)
        {
            yield return $"    - target: {ByteYaml.Quote(reply.Target)}";
            yield return $"      dialect: {ByteYaml.Word(reply.Dialect)}";
            if (reply.Server is { } server)
            {
                yield return $"      server: {ByteYaml.Quote(server)}";
            }

            foreach ((string name, FuzzedStream? stream) in new[] { ("primary", reply.Primary), ("aux", reply.Aux) })
            {
                if (stream is not null)
                {
                    string bytes = Bytes(new ByteTemplate([new LiteralPart(stream.Bytes)]));
                    yield return $"      {name}: {{ bytes: {bytes}, end: {FuzzedSource.Word(stream.End)} }}";
                }
            }
        }

        if (fuzzed.Story is { } story)
        {
            foreach (string line in Folded("story", story, "  "))
            {
                yield return line;
            }
        }
    }

    /// <summary>A byte string on one line: long runs of one byte are counted.</summary>
    public static string Bytes(ByteTemplate template)
    {
        List<string> pieces = [.. template.Parts.SelectMany(Pieces)];
        return pieces.Count switch
        {
            0 => "\"\"",
            1 => pieces[0],
            _ => $"[{string.Join(", ", pieces)}]",
        };
    }

    /// <summary>A text for people in lines of a width that is read well.</summary>
    public static IEnumerable<string> Folded(string key, string text, string indent)
    {
        yield return $"{indent}{key}: >-";
        var line = new System.Text.StringBuilder();
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + word.Length > 110)
            {
                yield return $"{indent}  {line}";
                _ = line.Clear();
            }

            _ = line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return $"{indent}  {line}";
    }

    private static IEnumerable<string> Pieces(BytePart part)
    {
        switch (part)
        {
            case RepeatToLimitPart limit:
                string plus = limit.Plus == 0 ? "" : limit.Plus.ToString("+0;-0", CultureInfo.InvariantCulture);
                return [$"{{ repeat: {ByteYaml.WritePlain(limit.Unit, 0)}, times: argument-list{plus} }}"];
            case OperationPart operation:
                return [$"{{ operation: {operation.Name} }}"];
            case LiteralPart literal:
                return Runs(literal.Bytes);
            default:
                return [ByteYaml.Write(new ByteTemplate([part]), 0)];
        }
    }

    private static IEnumerable<string> Runs(byte[] bytes)
    {
        int from = 0;
        for (int at = 0; at < bytes.Length;)
        {
            int end = at;
            while (end < bytes.Length && bytes[end] == bytes[at])
            {
                end++;
            }

            if (end - at >= LeastRun)
            {
                foreach (string text in Texts(bytes[from..at]))
                {
                    yield return text;
                }

                yield return $"{{ repeat: {ByteYaml.Write(new ByteTemplate([new LiteralPart([bytes[at]])]), 0)}, times: {(end - at).ToString(CultureInfo.InvariantCulture)} }}";
                from = end;
            }

            at = end;
        }

        foreach (string text in Texts(bytes[from..]))
        {
            yield return text;
        }
    }

    // After each line, if there is more than one is read at a glance.
    private static IEnumerable<byte[]> Cut(byte[] bytes)
    {
        for (int from = 0; from < bytes.Length;)
        {
            int newline = bytes.Length - from <= 80 ? -1 : bytes.AsSpan(from, 80).IndexOf((byte)'\n');
            int length = newline >= 0 ? newline + 1 : Math.Min(80, bytes.Length - from);
            yield return bytes[from..(from + length)];
            from += length;
        }
    }

    private static IEnumerable<string> Texts(byte[] bytes) =>
        Cut(bytes).Select(piece => ByteYaml.Write(new ByteTemplate([new LiteralPart(piece)]), 0));
}
