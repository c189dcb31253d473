using System.Globalization;
using System.Text;
using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Writes a byte string: a text with places, or a list of texts and <c>utf8</c>, <c>hex</c>, <c>repeat</c>, <c>operation</c>.</summary>
internal static class TemplateText
{
    /// <summary>The template with literal pieces that stand side by side joined, and empty ones left out.</summary>
    public static IReadOnlyList<BytePart> Joined(ByteTemplate template)
    {
        var parts = new List<BytePart>(template.Parts.Count);
        foreach (BytePart part in template.Parts)
        {
            if (part is LiteralPart { Bytes.Length: 0 })
            {
                continue;
            }

            if (part is LiteralPart next && parts is [.., LiteralPart last])
            {
                parts[^1] = new LiteralPart([.. last.Bytes, .. next.Bytes]);
            }
            else
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    /// <summary>Writes pieces that were joined.</summary>
    public static void Append(StringBuilder text, IReadOnlyList<BytePart> parts)
    {
        var items = new List<string>();
        var run = new StringBuilder();
        void Flush()
        {
            if (run.Length > 0)
            {
                items.Add(Quoted(run.ToString()));
                run.Clear();
            }
        }

        foreach (BytePart part in parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    foreach (LiteralPiece piece in LiteralPieces.Of(literal.Bytes))
                    {
                        ReadOnlySpan<byte> bytes = literal.Bytes.AsSpan(piece.From, piece.Length);
                        if (piece is { Form: PieceForm.Text, Times: 1 })
                        {
                            run.Append(Plain(bytes));
                        }
                        else
                        {
                            Flush();
                            string one = One(bytes, piece.Form);
                            items.Add(piece.Times == 1 ? one : string.Create(CultureInfo.InvariantCulture, $"{{\"repeat\":{one},\"times\":{piece.Times}}}"));
                        }
                    }

                    break;
                case AccountPart account:
                    run.Append($"${{{account.Account}.{account.Attribute}}}");
                    break;
                case AuxPortPart { Plus: 0 }:
                    run.Append("${aux.port}");
                    break;
                case AuxPortPart port:
                    run.Append(CultureInfo.InvariantCulture, $"${{aux.port+{port.Plus}}}");
                    break;
                case OperationPart operation:
                    Flush();
                    items.Add($"{{\"operation\":{Quoted(operation.Name)}}}");
                    break;
                case RepeatToLimitPart repeat:
                    Flush();
                    string plus = repeat.Plus == 0 ? "" : repeat.Plus.ToString("+0;-0", CultureInfo.InvariantCulture);
                    items.Add($"{{\"repeat\":{One(repeat.Unit, PieceForm.Hex)},\"times\":\"argument-list{plus}\"}}");
                    break;
                default:
                    throw new ArgumentException($"{part} is no part of a request", nameof(parts));
            }
        }

        Flush();
        text.Append(items.Count == 1 ? items[0] : items.Count == 0 ? "\"\"" : $"[{string.Join(',', items)}]");
    }

    private static string One(ReadOnlySpan<byte> bytes, PieceForm form) => form switch
    {
        PieceForm.Hex => $"{{\"hex\":\"{Convert.ToHexStringLower(bytes)}\"}}",
        PieceForm.Utf8 => $"{{\"utf8\":{Quoted(Encoding.UTF8.GetString(bytes), bytes: false)}}}",
        _ => Quoted(Plain(bytes)),
    };

    private static string Plain(ReadOnlySpan<byte> bytes) => ByteText.Latin1.GetString(bytes).Replace("$", "$$", StringComparison.Ordinal);

    private static string Quoted(string value, bool bytes = true)
    {
        var text = new StringBuilder(value.Length + 2);
        JsonText.Append(text, value, bytes);
        return text.ToString();
    }
}
