using System.Buffers;

namespace Rexecd.Tests;

public class RequestParserTests
{
    private static readonly byte[] Request = ByteText.Bytes("65537\0good\0secret\0echo out\0stdin");

    public static TheoryData<int> Splits => [.. Enumerable.Range(1, Request.Length - 1)];

    [Fact]
    public void Reads_a_whole_request_and_leaves_what_follows() => AssertParses(new ReadOnlySequence<byte>(Request));

    [Fact]
    public void Reads_one_byte_per_segment() => AssertParses(Segments.OneByteEach(Request));

    [Theory]
    [MemberData(nameof(Splits))]
    public void Reads_two_segments_split_anywhere(int at) => AssertParses(Segments.Of(Request[..at], Request[at..]));

    [Theory]
    [MemberData(nameof(Splits))]
    public void Goes_on_where_it_stopped_when_more_comes(int at)
    {
        var parser = new RequestParser(Dialect.Load("bsd44"));
        int position = 0;
        int available = at;
        while (parser.Field <= Field.Command)
        {
            ParseStatus status = parser.Read(new ReadOnlySequence<byte>(Request, position, available - position), out long taken);
            position += (int)taken;
            if (status == ParseStatus.NeedMore)
            {
                Assert.Equal(available, position);
                available = Request.Length;
            }
        }

        AssertFields(parser);
        Assert.Equal("stdin", ByteText.Text(Request.AsSpan(position)));
    }

    [Theory]
    [InlineData("bsd44", 14, "\0", ParseStatus.Done, 15)]
    [InlineData("bsd44", 15, "", ParseStatus.NeedMore, 15)]
    [InlineData("bsd44", 15, "\0", ParseStatus.TooLong, 16)]
    [InlineData("bsd44", 16, "", ParseStatus.TooLong, 16)]
    [InlineData("bsd44", 20, "", ParseStatus.TooLong, 16)]
    [InlineData("debian", 15, "\0", ParseStatus.Done, 16)]
    [InlineData("debian", 16, "", ParseStatus.TooLong, 16)]
    [InlineData("solaris", 256, "\0", ParseStatus.Done, 257)]
    [InlineData("solaris", 257, "", ParseStatus.NeedMore, 257)]
    [InlineData("solaris", 257, "\0", ParseStatus.TooLong, 258)]
    [InlineData("solaris", 258, "", ParseStatus.TooLong, 258)]
    public void Stops_at_the_byte_that_makes_a_user_name_too_long(string dialect, int count, string end, ParseStatus expected, int taken)
    {
        byte[] name = ByteText.Bytes(new string('x', count) + end);
        foreach (ReadOnlySequence<byte> input in new[] { new(name), Segments.OneByteEach(name) })
        {
            var parser = new RequestParser(Dialect.Load(dialect));
            Assert.Equal(ParseStatus.Done, parser.Read(new ReadOnlySequence<byte>([0]), out _));
            Assert.Equal(expected, parser.Read(input, out long part));
            Assert.Equal(taken, part);
        }
    }

    [Theory]
    [InlineData(20479, ParseStatus.Done)]
    [InlineData(20480, ParseStatus.TooLong)]
    public void Accepts_the_longest_command_of_4_4BSD(int count, ParseStatus expected)
    {
        var parser = new RequestParser(Dialect.Load("bsd44"));
        byte[] request = ByteText.Bytes("\0u\0p\0" + new string('x', count) + "\0");
        Assert.Equal(expected, ReadAll(parser, new ReadOnlySequence<byte>(request), out long taken));
        Assert.Equal(request.Length, taken);
    }

    [Fact]
    public void Gives_up_at_the_ceiling_of_an_unlimited_field()
    {
        var parser = new RequestParser(Dialect.Load("debian").With("fields.ceiling-bytes", "100"));
        Assert.Equal(ParseStatus.OverCeiling, ReadAll(parser, new ReadOnlySequence<byte>(ByteText.Bytes("\0u\0p\0" + new string('x', 101))), out _));
    }

    private static void AssertParses(ReadOnlySequence<byte> input)
    {
        var parser = new RequestParser(Dialect.Load("bsd44"));
        Assert.Equal(ParseStatus.Done, ReadAll(parser, input, out long taken));
        AssertFields(parser);
        Assert.Equal("stdin", ByteText.Text(input.Slice(taken).ToArray()));
    }

    private static ParseStatus ReadAll(RequestParser parser, ReadOnlySequence<byte> input, out long taken)
    {
        ParseStatus status = ParseStatus.Done;
        taken = 0;
        while (status == ParseStatus.Done && parser.Field <= Field.Command)
        {
            status = parser.Read(input.Slice(taken), out long part);
            taken += part;
        }

        return status;
    }

    private static void AssertFields(RequestParser parser)
    {
        Assert.Equal(1, parser.Port);
        Assert.Equal("good", ByteText.Text(parser.Username.Span));
        Assert.Equal("secret", ByteText.Text(parser.Password.Span));
        Assert.Equal("echo out", ByteText.Text(parser.Command.Span));
    }
}
