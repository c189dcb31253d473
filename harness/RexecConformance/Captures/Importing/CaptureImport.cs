using System.Globalization;
using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Replay;
using RexecConformance.Captures.Showing;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>A conversation that became a scenario.</summary>
/// <param name="Conversation">What was captured.</param>
/// <param name="Scenario">What it became; its file is <c>cases/ID.yaml</c>.</param>
/// <param name="Notes">Where it departs from the capture, one line each.</param>
/// <param name="Lines">Title and notes for a terminal: no captured password of three bytes or more is in them, though it may be in the files.</param>
public sealed record ImportedScenario(Conversation Conversation, Scenario Scenario, IReadOnlyList<string> Notes, PrintedLines Lines);

/// <summary>What may be printed of a scenario.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Notes">Its notes.</param>
public sealed record PrintedLines(string Title, IReadOnlyList<string> Notes);

/// <summary>What came out of a capture.</summary>
/// <param name="Scenarios">In the order of the conversations.</param>
/// <param name="Left">Conversations that were left out, with the reason.</param>
/// <param name="Files">All files, by path below the folder: <c>cases/*.yaml</c>, and <c>accounts.yaml</c> and <c>commands.yaml</c> where they are needed.</param>
public sealed record ImportResult(
    IReadOnlyList<ImportedScenario> Scenarios, IReadOnlyList<(Conversation Conversation, string Reason)> Left, IReadOnlyDictionary<string, string> Files);

/// <summary>Makes scenarios of captured conversations, and the fixtures that they need (docs/capture-import.md).</summary>
public sealed class CaptureImport
{
    /// <summary>The most bytes of both sides together that a scenario holds: what people still open in an editor.</summary>
    public const int MostBytes = 512 * 1024;

    private const string OtherOutput =
        "the command wrote something else than it does everywhere: the reference server has it from commands.yaml, a real target answers otherwise";

    private readonly CaptureOrigin _origin;
    private readonly ImportOptions _options;
    private readonly IReadOnlyDictionary<string, Dialect> _dialects;
    private readonly Secrets _secrets;
    private readonly HiddenCopies _passwords;
    private readonly ImportedAccounts _accounts;
    private readonly ImportedCommands _commands;
    private readonly List<ImportedScenario> _made = [];
    private readonly List<(Conversation, string)> _left = [];

    private CaptureImport(IReadOnlyList<Conversation> conversations, CaptureOrigin origin, ImportOptions options, IReadOnlyDictionary<string, Dialect> dialects)
    {
        (_origin, _options, _dialects) = (origin, options, dialects);
        _secrets = options.Redact ? Secrets.Of(conversations) : Secrets.None;
        _passwords = new HiddenCopies(conversations.SelectMany(one => HiddenField.Secrets(one.Request.Password, one.Primary.FromInitiator)));
        _accounts = new ImportedAccounts(options.Accounts);
        _commands = new ImportedCommands();
    }

    /// <summary>Imports all conversations that the options name.</summary>
    /// <param name="conversations">All of a capture.</param>
    /// <param name="origin">Where they come from.</param>
    /// <param name="options">How.</param>
    /// <param name="dialects">What is known of servers, by name.</param>
    public static ImportResult Of(
        IReadOnlyList<Conversation> conversations, CaptureOrigin origin, ImportOptions options, IReadOnlyDictionary<string, Dialect> dialects)
    {
        var import = new CaptureImport(conversations, origin, options, dialects);
        // A right password is to be known before a wrong one for the same user is met.
        foreach (Conversation one in conversations.Where(one => options.Conversations.Count == 0 || options.Conversations.Contains(one.Number)).OrderByDescending(one => one.Accepted == true).ThenBy(one => one.Number))
        {
            if (import.Add(one, conversations.Count > 1) is { } reason)
            {
                import._left.Add((one, reason));
            }
        }

        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        import._made.Sort((a, b) => a.Conversation.Number.CompareTo(b.Conversation.Number));
        foreach (ImportedScenario made in import._made)
        {
            files[$"cases/{made.Scenario.Id}.yaml"] = $"# Made by 'capture import' from {import.FileName}, conversation {made.Conversation.Number}.\n" + ScenarioWriter.Write(made.Scenario);
        }

        foreach ((string name, string? text) in new[] { ("accounts.yaml", import._accounts.File(import.FileName)), ("commands.yaml", import._commands.File(import.FileName)) })
        {
            if (text is not null && import._made.Count > 0)
            {
                files[name] = text;
            }
        }

        return new ImportResult(import._made, [.. import._left.OrderBy(one => one.Item1.Number)], files);
    }

    // One line of ASCII: it stands in comments too.
    private string FileName => ByteText.Escape(Encoding.UTF8.GetBytes(_secrets.Within(_origin.FileName)));

    private string? Add(Conversation conversation, bool several)
    {
        ReplayScript? script = ReplayScript.TryCreate(conversation, new ReplayOptions { OriginalPace = true, LongestPause = _options.LongestPause }, out string? obstacle);
        if (script is null)
        {
            return obstacle;
        }

        long size = Enum.GetValues<StreamName>().Sum(stream => (conversation.Sent(Side.Client, stream)?.Length ?? 0) + (conversation.Sent(Side.Server, stream)?.Length ?? 0));
        if (size > MostBytes)
        {
            return $"it has {size} bytes, and a scenario holds at most {MostBytes}";
        }

        if (!script.Actions.OfType<Wire.Send>().Any(send => send.Stream == StreamName.Primary))
        {
            return "the client sent nothing";
        }

        string? cause = RefusalCause.Of(conversation, _dialects.Values);
        var notes = new List<string>(script.Notes.Select(_secrets.Within));
        var fields = new ImportedFields();
        if (new ImportedCredentials(_options, _accounts, _secrets).Decide(conversation, cause, fields, notes) is { } refused)
        {
            return refused;
        }

        if (script.AuxMode != AuxMode.None && conversation.Request.Port.State == FieldState.Complete)
        {
            fields.Replace("port", ImportedFields.Port(conversation.Request.Port.Bytes.Span, out string? changed));
            notes.AddRange(changed is null ? [] : [changed]);
        }

        // Of all notes only that on the port has captured bytes in it.
        string port = ByteText.Escape(conversation.Request.Port.Bytes.Span, 40);
        string Printed(string note) => port.Length == 0 ? note : note.Replace($"\"{port}\"", $"\"{ByteText.Escape(Starred(conversation.Request.Port.Bytes), 40)}\"", StringComparison.Ordinal);

        (IReadOnlyList<SendStep> steps, Fragmentation segments) = ImportedSteps.Of(conversation, fields, _secrets, script);
        ByteTemplate command = fields.Text(conversation.Request.Command);
        byte[] text = [.. command.Parts.OfType<LiteralPart>().SelectMany(part => part.Bytes)];
        byte[] Said(ReadOnlyMemory<byte> bytes) => Renamed(conversation, fields, _secrets.Within(bytes.Span));
        if (conversation.Request.Length is not null && conversation.Accepted != false && cause is null)
        {
            bool operation = ImportedCommands.Everywhere(text);
            bool usual = operation && UsualOutput.Is(conversation, ByteText.Latin1.GetString(text), steps, Said, Runner(conversation, fields));
            if ((usual ? _commands.Usual(text) : _commands.Add(conversation, text, Said)) is { } taken)
            {
                return taken;
            }

            notes.AddRange(operation && !usual ? [OtherOutput] : []);
        }

        Scenario scenario = Make(conversation, several, steps, segments, cause, Expectation(conversation, Said, steps, fields), notes);
        _made.Add(new ImportedScenario(conversation, scenario, notes, new PrintedLines(Title(conversation, several, cause, Starred), [.. notes.Select(Printed)])));
        return null;
    }

    private Scenario Make(
        Conversation conversation, bool several, IReadOnlyList<SendStep> steps, Fragmentation segments, string? cause, ImportedExpectation expectation, List<string> notes)
    {
        List<Alternative> elsewhere = [.. expectation.Elsewhere(cause)];
        long took = conversation.Events[^1].Mark.Nanoseconds - conversation.Primary.Start.Nanoseconds;
        notes.AddRange(Losses(conversation));
        var scenario = new Scenario
        {
            Id = Id(conversation, several),
            Title = Title(conversation, several, cause, bytes => bytes.ToArray()),
            Level = Level.Info,
            Requires = [],
            Tags = ["captured", .. conversation.AuxOutcome is AuxOutcome.NotAsked or AuxOutcome.Unknown ? Array.Empty<string>() : ["aux"], .. Pace(took)],
            DependsOn = [],
            Needs = [],
            Network = conversation.Server.Host.IsV6 ? System.Net.Sockets.AddressFamily.InterNetworkV6 : System.Net.Sockets.AddressFamily.InterNetwork,
            Aux = new AuxBehaviour(Mode(conversation), TimeSpan.Zero),
            Send = steps,
            Fragments = [segments],
            Expect = elsewhere,
            Notes = notes.Count == 0 ? null : string.Join("; ", notes) + ".",
            File = "",
        };
        IReadOnlyList<string> answer = _origin.Manifest?.Dialect is { } named ? [named]
            : elsewhere.Count > 0 ? AnsweringDialects.Of(conversation, scenario, _dialects.Values, AccountFile.Default)
            : AnsweringDialects.ByStatus(conversation, _dialects.Values);

        // Where no dialect answers so, or nobody can say what others do, the bytes are all there is to expect: of the named dialect, or of all.
        bool literal = answer.Count == 0 || elsewhere.Count == 0;
        IReadOnlyList<string> only = _origin.Manifest?.Dialect is null ? [] : answer;
        return scenario with
        {
            Captured = new CapturedSource(
                _secrets.Within(_origin.FileName), _origin.Sha256[..12], Day(conversation), conversation.Number,
                _origin.Manifest is { } manifest ? _secrets.Within(manifest.Daemon) : null, answer),
            Expect = literal ? [expectation.Observed(only)] : [expectation.Observed(answer), .. elsewhere],
        };
    }

    private string Title(Conversation conversation, bool several, string? cause, Func<ReadOnlyMemory<byte>, byte[]> change) => _secrets.Within(several || _origin.Manifest is null
        ? ImportedTitle.Of(conversation, cause, bytes => change(_options.Account is null ? _secrets.Within(bytes.Span) : bytes.ToArray()))
        : Encoding.UTF8.GetString(change(Encoding.UTF8.GetBytes(_origin.Manifest.Title))));

    private byte[] Starred(ReadOnlyMemory<byte> bytes)
    {
        bool[] hidden = new bool[bytes.Length];
        HiddenRange.Mark(_passwords.In(bytes.Span, afterHole: false, beforeHole: false), 0, hidden);
        return [.. bytes.ToArray().Zip(hidden, (one, star) => star ? (byte)'*' : one)];
    }

    private ImportedExpectation Expectation(
        Conversation conversation, Func<ReadOnlyMemory<byte>, byte[]> said, IReadOnlyList<SendStep> steps, ImportedFields fields)
    {
        int Length(RequestField field) => fields.Text(field) is { Parts: [AccountPart { Account: var key, Attribute: var attribute }] } && _options.Account is not null
            ? Encoding.UTF8.GetByteCount(attribute == "name" ? _options.Accounts[key].Name : _options.Accounts[key].Password)
            : field.Bytes.Length;
        return new ImportedExpectation(conversation, said, steps, _dialects.Values, Length(conversation.Request.UserName), Length(conversation.Request.Password));
    }

    private Account? Runner(Conversation conversation, ImportedFields fields) =>
        fields.Text(conversation.Request.UserName).Parts is not [AccountPart { Account: var key }] ? null
        : _accounts.Find(key) ?? (_options.Accounts.TryGet(key, out Account? account) ? account : null);

    // A command that prints who it runs as prints the account's name, not the captured one.
    private byte[] Renamed(Conversation conversation, ImportedFields fields, byte[] bytes)
    {
        ReadOnlySpan<byte> captured = conversation.Request.UserName.Bytes.Span;
        if (_options.Account is null || captured.IsEmpty || fields.Text(conversation.Request.UserName).Parts is not [AccountPart { Account: var key }])
        {
            return bytes;
        }

        return UserNameText.Replace(bytes, captured, Encoding.UTF8.GetBytes(_options.Accounts[key].Name));
    }

    private static IEnumerable<string> Losses(Conversation conversation)
    {
        foreach (StreamName stream in Enum.GetValues<StreamName>())
        {
            if (conversation.Sent(Side.Server, stream) is { Lost: [var first, ..] })
            {
                yield return $"bytes of the server from offset {first.Offset} of {stream.ToString().ToLowerInvariant()} on are not in the file: only those before are expected";
            }
        }

        if (conversation.AuxOutcome == AuxOutcome.NotInFile)
        {
            yield return "what came on the auxiliary connection is not in the file, and not judged";
        }
    }

    private string Id(Conversation conversation, bool several)
    {
        string name = _options.Name ?? Slug(_secrets.Within(Path.GetFileNameWithoutExtension(_origin.FileName)));
        return several ? string.Create(CultureInfo.InvariantCulture, $"{name}-{conversation.Number}") : name;
    }

    /// <summary>A file's name as an id: lower case letters, digits and single hyphens.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                _ = slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                _ = slug.Append('-');
            }
        }

        return slug.ToString().Trim('-') is { Length: > 0 } text ? text : "capture";
    }

    private static AuxMode Mode(Conversation conversation) => conversation.AuxOutcome switch
    {
        AuxOutcome.Connected or AuxOutcome.NotInFile => AuxMode.Listen,
        AuxOutcome.Failed => AuxMode.Refuse,
        _ => AuxMode.None,
    };

    private static string Day(Conversation conversation) =>
        DateTime.UnixEpoch.AddTicks(conversation.Primary.Start.Nanoseconds / 100).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Seconds of waiting are no matter of the suite's speed (timed), and many of them are left out of a plain run (slow).
    private static string[] Pace(long nanoseconds) => nanoseconds switch
    {
        > 5_000_000_000 => ["slow"],
        > 500_000_000 => ["timed"],
        _ => [],
    };
}
