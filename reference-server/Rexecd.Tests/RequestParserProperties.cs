using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace Rexecd.Tests;

/// <summary>What holds of the parser for any bytes, any limits and any splitting.</summary>
public class RequestParserProperties
{
    private const int SmallCeiling = 40;

    private static readonly Dialect[] Dialects =
    [
        .. Dialect.Names.Select(name => Dialect.Load(name)),
        .. Dialect.Names.Select(name => Dialect.Load(name).With("fields.ceiling-bytes", $"{SmallCeiling}")),
        Dialect.Load("bsd44").WithYaml("fields.ceiling-bytes: 14\n"),
        Dialect.Load("bsd44").WithYaml("fields.ceiling-bytes: 15\nport.error-at-byte: 5\n"),
        Dialect.Load("bsd44").WithYaml("fields.ceiling-bytes: 20\nusername.limit: 0\nusername.error-at-byte: 1\npassword.limit: 30\npassword.error-at-byte: 32\n"),
    ];

    private static readonly Gen<byte> Octet = Gen.Frequency(
        (6, Gen.Choose('0', '9')), (3, Gen.Choose('a', 'z')), (2, Gen.Choose(0x80, 0xff)), (1, Gen.Choose(1, 0x1f))).Select(value => (byte)value);

    // Around each limit that a dialect has, and the small ceiling.
    private static readonly Gen<int> Length = Gen.OneOf(
        Gen.Choose(0, 20), Gen.Choose(SmallCeiling - 1, SmallCeiling + 2), Gen.Choose(78, 82), Gen.Choose(126, 130), Gen.Choose(254, 259));

    private static readonly Gen<byte[]> Text = Length.SelectMany(length => Gen.ArrayOf(Octet, length));

    private static readonly Gen<Input> Inputs =
        from dialect in Gen.Elements(Dialects)
        from fields in Gen.ArrayOf(Text, 5)
        from ended in Gen.Choose(0, 5)
        from cuts in Gen.Choose(0, 300).ListOf()
        select new Input(dialect, [.. fields.SelectMany((field, i) => i < ended ? [.. field, 0] : field)], [.. cuts]);

    [Fact]
    public void Reads_what_a_byte_at_a_time_reads() => Holds(input => Whole(input) == NaiveReader.Read(input.Dialect, input.Bytes));

    [Fact]
    public void Splitting_into_segments_changes_nothing() => Holds(input => Segmented(input) == Whole(input));

    [Fact]
    public void Coming_bit_by_bit_changes_nothing() => Holds(input => BitByBit(input, _ => { }) == Whole(input));

    [Fact]
    public void Takes_no_byte_behind_the_end_of_a_field() => Holds(input =>
    {
        var parser = new RequestParser(input.Dialect);
        for (int at = 0; parser.Field <= Field.Command && at < input.Bytes.Length;)
        {
            int nul = Array.IndexOf(input.Bytes, (byte)0, at);
            ParseStatus status = parser.Read(new ReadOnlySequence<byte>(input.Bytes, at, input.Bytes.Length - at), out long taken);
            at += (int)taken;
            if ((nul >= 0 && at > nul + 1) || (status == ParseStatus.Done && at != nul + 1))
            {
                return false;
            }

            if (status != ParseStatus.Done)
            {
                return true;
            }
        }

        return true;
    });

    [Fact]
    public void Holds_no_more_than_the_ceiling() => Holds(input =>
    {
        int most = 0;
        _ = BitByBit(input, parser => most = Math.Max(most, parser.Held));
        return most <= input.Dialect.FieldCeiling;
    });

    private static void Holds(Func<Input, bool> property) =>
        Prop.ForAll(Inputs.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static Reading Whole(Input input) => Read(input.Dialect, new ReadOnlySequence<byte>(input.Bytes));

    private static Reading Segmented(Input input)
    {
        int[] ends = [.. input.Cuts.Where(cut => cut < input.Bytes.Length).Append(input.Bytes.Length).Order()];
        return Read(input.Dialect, Segments.Of([.. ends.Select((end, i) => input.Bytes[(i == 0 ? 0 : ends[i - 1])..end])]));
    }

    private static Reading Read(Dialect dialect, ReadOnlySequence<byte> bytes)
    {
        var parser = new RequestParser(dialect);
        var status = ParseStatus.Done;
        long all = 0;
        while (status == ParseStatus.Done && parser.Field <= Field.Command)
        {
            status = parser.Read(bytes.Slice(all), out long taken);
            all += taken;
        }

        return Reading.Of(parser, status, all);
    }

    /// <summary>As the server reads: what was not taken is looked at again, with what has come since.</summary>
    private static Reading BitByBit(Input input, Action<RequestParser> look)
    {
        var parser = new RequestParser(input.Dialect);
        var status = ParseStatus.NeedMore;
        int all = 0;
        foreach (int come in input.Cuts.Where(cut => cut < input.Bytes.Length).Order().Append(input.Bytes.Length))
        {
            do
            {
                status = parser.Read(new ReadOnlySequence<byte>(input.Bytes, all, come - all), out long taken);
                all += (int)taken;
                look(parser);
            }
            while (status == ParseStatus.Done && parser.Field <= Field.Command);
            if (status != ParseStatus.NeedMore)
            {
                break;
            }
        }

        return Reading.Of(parser, status, all);
    }

    private sealed record Input(Dialect Dialect, byte[] Bytes, int[] Cuts)
    {
        public override string ToString() => $"{Dialect.Name}, ceiling {Dialect.FieldCeiling}: {ByteText.Quote(ByteText.Text(Bytes))} cut at {string.Join(' ', Cuts)}";
    }
}
