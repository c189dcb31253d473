using System.Buffers;
using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>The harmless commands of a shell, recognised in the bytes of a request, with what they do.</summary>
internal sealed class KnownCommands
{
    private static readonly TimeSpan s_sleep = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, CommandEffect> s_effects = new[]
    {
        new CommandEffect("nothing", ExpectedContent.Nothing, ExpectedContent.Nothing),
        new CommandEffect("write-out", ServerBytes.Text("out\n"), ExpectedContent.Nothing),
        new CommandEffect("write-both", ServerBytes.Text("out\n"), ServerBytes.Text("err\n")),
        new CommandEffect("copy-input", ExpectedContent.Nothing, ExpectedContent.Nothing) { ReadsInput = true },
        new CommandEffect("copy-input-to-stderr", ExpectedContent.Nothing, ExpectedContent.Nothing) { ReadsInput = true },
        new CommandEffect("fail", ExpectedContent.Nothing, ExpectedContent.Nothing),
        new CommandEffect("print-home", null, ExpectedContent.Nothing),
        new CommandEffect("print-user", null, ExpectedContent.Nothing),
        new CommandEffect("sleep", ExpectedContent.Nothing, ExpectedContent.Nothing) { Lasts = s_sleep },
        new CommandEffect("sleep-in-background", ServerBytes.Text("out\n"), ExpectedContent.Nothing) { Lasts = s_sleep, InBackground = true },
        new CommandEffect("write-much", ServerBytes.Text(Numbers(20000)), ExpectedContent.Nothing),
        new CommandEffect("catch-signal", ServerBytes.Text("ready\ndone\n"), ExpectedContent.Nothing) { Lasts = s_sleep },
        new CommandEffect("print-environment", null, null),
    }.ToDictionary(effect => effect.Operation);

    // One line, in the words of whatever shell it is: "sh: 1: WORD: not found", "sh: line 1: WORD: command not found".
    private static readonly CommandEffect s_notFound = new(
        "not-found", ExpectedContent.Nothing, ExpectedContent.Matching(@"[^\x00\x01\n]*(?:not found|No such file or directory)[^\x00\x01\n]*\n"));

    private static readonly SearchValues<byte> s_meaningful = SearchValues.Create("\n;&|<>()$`\\\"'*?[]#~=%!{}^"u8);

    private readonly (byte[] Text, CommandEffect Effect)[] _texts;
    private readonly bool _sh;

    public KnownCommands(Shell shell)
    {
        _sh = shell.Name == "sh";

        // The longest first: some begin as others do.
        _texts = [.. shell.Texts
            .Select(text => (Text: ByteText.Latin1.GetBytes(text.Value), Effect: Of(text.Key)))
            .OrderByDescending(text => text.Text.Length)];
    }

    /// <summary>A command of which nothing is known but that it runs.</summary>
    public static CommandEffect Unknown { get; } = new("unknown-command", null, null) { EndKnown = false };

    /// <summary>No text at all.</summary>
    public static CommandEffect Empty { get; } = new("empty-command", ExpectedContent.Nothing, ExpectedContent.Nothing);

    /// <summary>What a command does.</summary>
    public CommandEffect Find(ReadOnlySpan<byte> command)
    {
        if (command.IsEmpty)
        {
            return Empty;
        }

        ReadOnlySpan<byte> text = _sh ? Trim(command) : command;
        if (_sh && Ignored(text))
        {
            return s_effects["nothing"];
        }

        foreach ((byte[] known, CommandEffect effect) in _texts)
        {
            if (text.StartsWith(known) && Rest(text[known.Length..]))
            {
                return effect;
            }
        }

        return _sh && IsNoCommand(text) ? s_notFound : Unknown;
    }

    private CommandEffect Of(string operation)
    {
        CommandEffect effect = s_effects[operation];

        // Other shells end lines in other ways, and their words are not stated.
        return _sh || operation is "nothing" or "fail" ? effect : effect with { Output = null, Errors = null, EndKnown = false };
    }

    private bool Rest(ReadOnlySpan<byte> rest) => rest.IsEmpty || (_sh && rest[0] is (byte)' ' or (byte)'\t' && Ignored(Trim(rest)));

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return first < 0 ? [] : text[first..(text.LastIndexOfAnyExcept((byte)' ', (byte)'\t') + 1)];
    }

    // A comment ends with its line.
    private static bool Ignored(ReadOnlySpan<byte> text) => text.IsEmpty || (text[0] == '#' && !text.Contains((byte)'\n'));

    // Nobody has a program of such a name, and nothing in the words means anything to a shell.
    private static bool IsNoCommand(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("nosuch"u8) || text.ContainsAny(s_meaningful))
        {
            return false;
        }

        int end = text.IndexOfAnyExceptInRange((byte)'a', (byte)'z');
        return end < 0 ? text.Length < 200 : text[end] is (byte)' ' or (byte)'\t' && end < 200;
    }

    private static string Numbers(int last)
    {
        var text = new StringBuilder();
        for (int i = 1; i <= last; i++)
        {
            _ = text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i}\n");
        }

        return text.ToString();
    }
}
