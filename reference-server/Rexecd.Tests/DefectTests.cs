namespace Rexecd.Tests;

/// <summary>Each defect shows, and shows nothing but itself.</summary>
public class DefectTests
{
    private const string Right = "\0good\0secret\0echo out\0";

    // Fourteen characters of UTF-8 in 28 bytes: more than 14 bytes and not more than 14 characters.
    private const string Wide = "\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9";

    public static TheoryData<string> Names => [.. Enum.GetValues<Defect>().Select(defect => Kebab.Of(defect))];

    [Theory]
    [InlineData("limit-in-characters", "\0" + Wide + "\0secret\0true\0", "\u0001Login incorrect.\n", "fin")]
    [InlineData("lost-status", Right, "out\n", "fin")]
    [InlineData("lost-last-byte", "\0good\0wrong\0true\0", "\u0001Password incorrect\n", "fin")]
    [InlineData("double-terminator", "\0good\0wrong\0true\0", "\u0001Password incorrect.\n\n", "fin")]
    [InlineData("echoed-rest", "\0good\0secret\0true\0rest", "\0rest", "fin")]
    [InlineData("hangs-after-refusal", "\0good\0wrong\0true\0", "\u0001Password incorrect.\n", "open")]
    [InlineData("early-diagnostic", "\0abcdefghijklmno", "\u0001username too long\n", "fin")]
    [InlineData("one-receive-per-field", Right, "", "open")]
    [InlineData("early-status", "\0good\0secret\0", "\0", "open")]
    public void Shows_on_the_primary(string defect, string request, string text, string end)
    {
        Assert.NotEqual(new Reply(text, end), InMemory.Exchange(InMemory.Server("bsd44"), MemoryAux.None, request).Primary);
        Exchanged seen = InMemory.Exchange(InMemory.Server("bsd44", defect), MemoryAux.None, request);
        Assert.Equal((new Reply(text, end), null), (seen.Primary, seen.Trouble));
    }

    [Fact]
    public void A_field_in_two_segments_is_cut_by_a_server_that_takes_one_receive_for_a_field() => Assert.Equal(
        "\u0001Login incorrect.\n",
        InMemory.Exchange(InMemory.Server("bsd44", "one-receive-per-field"), MemoryAux.None, "\0", "go", "od\0", "secret\0").Primary.Text);

    [Fact]
    public void Aux_is_left_open()
    {
        string request = $"{InMemory.Port}{Right}";
        Exchanged sound = InMemory.Exchange(InMemory.Server("bsd44"), InMemory.Listening, request);
        Assert.Equal((new Reply("\0out\n", "fin"), new Reply("", "fin"), null, 0), (sound.Primary, sound.Aux, sound.Trouble, sound.Left));
        Exchanged seen = InMemory.Exchange(InMemory.Server("bsd44", "aux-left-open"), InMemory.Listening, request);
        Assert.Equal((new Reply("\0out\n", "fin"), new Reply("", "open"), 1), (seen.Primary, seen.Aux, seen.Left));
        Assert.Contains("left its auxiliary connection open", seen.Trouble);
    }

    [Fact]
    public void Each_refusal_leaks_a_descriptor()
    {
        using MemoryWorld world = InMemory.Server("bsd44", "leaked-descriptor").Open();
        Assert.Equal(0, InMemory.Exchange(world, MemoryAux.None, Right).Left);
        Assert.Equal(1, InMemory.Exchange(world, MemoryAux.None, "\0good\0wrong\0true\0").Left);
        Assert.Equal(2, InMemory.Exchange(world, MemoryAux.None, "\0nobody\0wrong\0true\0").Left);
    }

    [Fact]
    public void A_shorter_user_name_has_the_tail_of_the_one_before()
    {
        using MemoryWorld world = InMemory.Server("bsd44", "kept-user-name").Open();
        Assert.Equal("\0out\n", InMemory.Exchange(world, MemoryAux.None, Right).Primary.Text);
        Assert.Equal("\0out\n", InMemory.Exchange(world, MemoryAux.None, "\0go\0secret\0echo out\0").Primary.Text);
        Assert.Equal("\u0001Login incorrect.\n", InMemory.Exchange(world, MemoryAux.None, "\0abcdefgh\0secret\0echo out\0").Primary.Text);
        Assert.Equal("\u0001Login incorrect.\n", InMemory.Exchange(world, MemoryAux.None, Right).Primary.Text);
    }

    [Fact]
    public void An_8_bit_user_name_ends_the_server_and_all_its_sessions()
    {
        using MemoryWorld world = InMemory.Server("bsd44", "ends-at-eight-bit").Open();
        MemorySession other = world.Connect(MemoryAux.None);
        Assert.Equal(("", "fin"), (InMemory.Exchange(world, MemoryAux.None, "\0\u00e9\0secret\0").Primary.Text, InMemory.Of(other.Primary).End));
        Assert.Contains("0x7f", world.Ended);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_else_changes(string defect)
    {
        // Neither refused, nor too long, nor anything behind the request, in segments of a field each: most defects do nothing.
        Exchanged seen = InMemory.Exchange(InMemory.Server("debian", defect), MemoryAux.None, "\0", "good\0", "secret\0", "echo out\0");
        Assert.Equal((new Reply(defect == "lost-status" ? "out\n" : "\0out\n", "fin"), null, 0), (seen.Primary, seen.Trouble, seen.Left));
    }
}
