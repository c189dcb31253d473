using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>A case in the making: a family adds to it, then <see cref="Finishing"/> does what all have in common.</summary>
internal sealed class Draft(Stock stock, Choices pick)
{
    private static readonly LiteralPart s_nul = new([0]);

    private static readonly BytesStep s_zeroPort = new("port", new ByteTemplate([new LiteralPart("0\0"u8.ToArray())]));

    private static readonly BytesStep s_emptyPort = new("port", new ByteTemplate([s_nul]));

    private static readonly BytesStep s_auxPort = new("port", new ByteTemplate([new AuxPortPart(0), s_nul]));

    public Stock Stock => stock;

    public Choices Pick => pick;

    public List<SendStep> Steps { get; } = new(8);

    public AuxMode Aux { get; set; } = AuxMode.None;

    public TimeSpan AuxAfter { get; set; }

    /// <summary>Null: chosen at the end.</summary>
    public Fragmentation? Fragments { get; set; }

    /// <summary>False once the case's own family has seen to the end of the primary connection.</summary>
    public bool NeedsEnd { get; set; } = true;

    /// <summary>The command reads nothing, so that a whole request ends by itself.</summary>
    public bool EndsItself { get; set; }

    /// <summary>The port field, with an auxiliary connection or without.</summary>
    public void AddPort()
    {
        int which = pick.Below(10);
        if (which < 4)
        {
            AddAuxPort();
        }
        else
        {
            Steps.Add(which < 9 ? s_zeroPort : s_emptyPort);
        }
    }

    public void AddAuxPort()
    {
        Steps.Add(s_auxPort);
        Aux = AuxMode.Listen;
    }

    public void AddNoPort() => Steps.Add(s_zeroPort);

    /// <summary>An account that a login is expected of.</summary>
    public AccountFields PlainAccount() => pick.Of(stock.Plain);

    /// <summary>Name and password that fit together.</summary>
    public void AddLogin(AccountFields account)
    {
        Steps.Add(account.Name);
        Steps.Add(account.Password);
    }

    /// <summary>A command, most often a quick one of the shell's.</summary>
    public void AddCommand()
    {
        if (!stock.Harmless && pick.OneIn(6))
        {
            // Whether it reads its input is anybody's guess.
            AddField("command", pick.Of(stock.Words.Commands));
            return;
        }

        AddQuick();
    }

    public void AddQuick()
    {
        Steps.Add(pick.Of(stock.Quick).Step);
        EndsItself = true;
    }

    /// <summary>A command and what comes to its input, which ends.</summary>
    public void AddReading()
    {
        if (stock.Reading.Length == 0)
        {
            AddQuick();
            return;
        }

        Steps.Add(pick.Of(stock.Reading).Step);
    }

    /// <summary>A field, with its NUL.</summary>
    public void AddField(string kind, ReadOnlySpan<byte> text) => Steps.Add(new BytesStep(kind, new ByteTemplate([new LiteralPart([.. text, 0])])));

    /// <summary>A field that begins with a part, with its NUL.</summary>
    public void AddField(string kind, BytePart part, ReadOnlySpan<byte> text) =>
        Steps.Add(new BytesStep(kind, new ByteTemplate([part, new LiteralPart([.. text, 0])])));

    /// <summary>Bytes as they are.</summary>
    public void AddBytes(string kind, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            Steps.Add(new BytesStep(kind, new ByteTemplate([new LiteralPart(bytes.ToArray())])));
        }
    }

    /// <summary>The client ends the primary connection: half-close most often.</summary>
    public void EndPrimary()
    {
        Steps.Add(pick.Below(10) switch
        {
            < 7 => new HalfCloseStep(StreamName.Primary),
            < 9 => new CloseStep(StreamName.Primary),
            _ => new ResetStep(StreamName.Primary),
        });
        NeedsEnd = false;
    }

    /// <summary>A text that may be a user name or a password where the request is not as it should be: for a real shell, one that it may be given.</summary>
    public ReadOnlySpan<byte> Word(byte[][] words)
    {
        if (!stock.Harmless)
        {
            return pick.Of(words);
        }

        return stock.CutCommands.Length > 0 && !pick.OneIn(4) ? pick.Of(stock.CutCommands).Text : "7"u8;
    }
}
