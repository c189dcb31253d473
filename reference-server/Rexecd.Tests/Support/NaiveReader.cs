namespace Rexecd.Tests;

/// <summary>What a parser made of an input.</summary>
internal sealed record Reading(ParseStatus Status, Field Field, long Taken, ushort Port, string Username, string Password, string Command)
{
    public static Reading Of(RequestParser parser, ParseStatus status, long taken) => new(
        status, parser.Field, taken, parser.Port, ByteText.Text(parser.Username.Span), ByteText.Text(parser.Password.Span), ByteText.Text(parser.Command.Span));
}

/// <summary>A classic server's reading (facts 2.2, 2.5, 2.6) as one would write it in an hour: one byte after the other, no buffer but a list.</summary>
internal static class NaiveReader
{
    public static Reading Read(Dialect dialect, byte[] input)
    {
        int taken = 0;
        int port = 0;
        string[] texts = ["", "", "", ""];
        for (Field field = Field.Port; field <= Field.Command; field++)
        {
            var text = new List<byte>();
            while (true)
            {
                if (taken == input.Length)
                {
                    return End(ParseStatus.NeedMore);
                }

                byte next = input[taken++];
                if (next == 0)
                {
                    break;
                }

                text.Add(next);
                int? full = field == Field.Port ? dialect.PortErrorAtByte : dialect.Rules(field).ErrorAtByte;
                bool over = text.Count > dialect.FieldCeiling;
                if (text.Count >= full && !(over && field == Field.Port))
                {
                    return End(ParseStatus.TooLong);
                }

                if (over)
                {
                    taken -= field == Field.Port ? 0 : 1; // A string that can't be stored leaves its byte.
                    return End(ParseStatus.OverCeiling);
                }

                if (field == Field.Port)
                {
                    int digit = (dialect.PortArithmetic == PortArithmetic.SignedChar && next > 127 ? next - 256 : next) - 48;
                    port = (((port * 10) + digit) % 65536 + 65536) % 65536;
                }
            }

            if (field != Field.Port && text.Count > dialect.Rules(field).Limit)
            {
                return End(ParseStatus.TooLong);
            }

            texts[(int)field] = field == Field.Port ? "" : ByteText.Text([.. text]);
            Reading End(ParseStatus status) => new(status, field, taken, (ushort)port, texts[1], texts[2], texts[3]);
        }

        return new Reading(ParseStatus.Done, Field.Command + 1, taken, (ushort)port, texts[1], texts[2], texts[3]);
    }
}
