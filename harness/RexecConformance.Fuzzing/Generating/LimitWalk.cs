using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>The first cases of a run: each limit of the target's own dialect and its neighbours, each account, each command. Chance alone may take minutes to meet a limit of 131,071.</summary>
internal sealed class LimitWalk
{
    /// <summary>The family of these cases.</summary>
    public const string Family = "walk";

    // Longer ones take milliseconds each, so that they are for runs of one dialect in memory.
    private const int LongestOfMany = FieldLimits.Longest;

    private static readonly LiteralPart s_nul = new([0]);
    private static readonly WholeFragmentation s_whole = new();
    private static readonly AuxBehaviour s_none = new(AuxMode.None, TimeSpan.Zero);
    private static readonly AuxBehaviour s_listen = new(AuxMode.Listen, TimeSpan.Zero);
    private static readonly HalfCloseStep s_halfClose = new(StreamName.Primary);
    private static readonly BytesStep s_noPort = Field("port", "0"u8);
    private static readonly BytesStep s_auxPort = new("port", new ByteTemplate([new AuxPortPart(0), s_nul]));

    private static readonly TimeSpan s_connected = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_running = TimeSpan.FromMilliseconds(400);
    private static readonly byte[] s_signals = [15, 9, 0];

    private readonly Stock _stock;
    private readonly int _lanes;
    private readonly List<Func<FuzzCase>> _cases = [];

    public LimitWalk(Stock stock, GeneratorWorld world)
    {
        _stock = stock;
        _lanes = world.Lanes;
        if (world.Walked is not { } limits)
        {
            return;
        }

        AccountFields good = stock.Plain[0];
        AccountFields wrong = stock.WrongPasswords[0];
        byte[] quick = stock.Quick[0].Text;
        Each(limits.UserName, length => [Filled("username", length), wrong.Password, Field("command", quick)], length => [Open("username", length)]);
        Each(limits.Password, length => [wrong.Name, Filled("password", length), Field("command", quick)], length => [wrong.Name, Open("password", length)]);
        Each(limits.Command, length => [good.Name, good.Password, Command(length, quick)], length => [good.Name, good.Password, Open("command", length)]);
        foreach (KnownCommand command in stock.Quick.Concat(stock.Reading).Concat(stock.Slow).DistinctBy(command => command.Operation))
        {
            Add([good.Name, good.Password, command.Step], ends: command.Reads);
            Add([good.Name, good.Password, command.Step], ends: true);
        }

        // A signal that reaches a command of seven letters: it takes two seconds where it does not.
        if (stock.Slow.FirstOrDefault(command => command.Operation == "sleep") is { } sleep)
        {
            foreach (byte signal in s_signals)
            {
                _cases.Add(() => Made(
                    [s_auxPort, good.Name, good.Password, sleep.Step, new AwaitAuxStep(s_connected), new PauseStep(s_running), new SignalStep([signal])], s_listen));
            }
        }

        // 0 where a byte is signed, 256 where it is not: a port where nobody listens in memory.
        if (stock.InMemory)
        {
            _cases.Add(() => Made([Field("port", [(byte)'5', 0xfe]), good.Name, good.Password, Field("command", quick)], s_none));
        }

        foreach (AccountFields account in stock.Accounts)
        {
            Add([account.Name, account.Password, Field("command", quick)], ends: false);
        }
    }

    /// <summary>How many there are; after them come the families.</summary>
    public long Count => (long)_cases.Count * _lanes;

    /// <summary>One of them; targets that take turns get the same ones.</summary>
    public FuzzCase Create(long number, ulong seed) => _cases[(int)(number / _lanes)]() with { Origin = new CaseOrigin(seed, number, Family) };

    private void Each(IReadOnlyList<int> limits, Func<int, SendStep[]> whole, Func<int, SendStep[]> open)
    {
        foreach (int limit in limits.Where(limit => limit + 3 <= LongestOfMany || (_lanes == 1 && _stock.InMemory)))
        {
            // A limit counts the NUL or does not, and the byte at which a server gives up may be one or two behind it.
            for (int length = Math.Max(0, limit - 1); length <= limit + 3; length++)
            {
                int now = length;
                _cases.Add(() => Made([s_noPort, .. whole(now)], s_none));
                _cases.Add(() => Made([s_noPort, .. open(now), s_halfClose], s_none));
            }
        }
    }

    private void Add(SendStep[] login, bool ends)
    {
        SendStep[] end = ends ? [s_halfClose] : [];
        _cases.Add(() => Made([s_noPort, .. login, .. end], s_none));
        _cases.Add(() => Made([s_auxPort, .. login, .. end], s_listen));
    }

    private static FuzzCase Made(SendStep[] steps, AuxBehaviour aux) => new()
    {
        Origin = new CaseOrigin(0, 0, Family),
        Send = steps,
        Fragments = s_whole,
        Aux = aux,
    };

    private static BytesStep Filled(string kind, int length) => Field(kind, Letters(length));

    // Without its NUL it is no field.
    private static BytesStep Open(string kind, int length) => new("bytes", new ByteTemplate([new LiteralPart(Letters(length, kind == "command" ? (byte)'7' : (byte)'x'))]));

    private static BytesStep Command(int length, ReadOnlySpan<byte> known)
    {
        byte[] text = Letters(length, (byte)' ');
        known[..Math.Min(known.Length, length)].CopyTo(text);
        return Field("command", length < known.Length ? Letters(length, (byte)'7') : text);
    }

    private static byte[] Letters(int length, byte letter = (byte)'x')
    {
        byte[] text = new byte[length];
        text.AsSpan().Fill(letter);
        return text;
    }

    private static BytesStep Field(string kind, ReadOnlySpan<byte> text) => new(kind, new ByteTemplate([new LiteralPart([.. text, 0])]));
}
