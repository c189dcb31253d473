using System.Globalization;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Yaml;

namespace RexecConformance.Authoring;

/// <summary>Makes the client's steps of what a person typed.</summary>
internal sealed class DraftRequest(Draft draft, AccountFile accounts)
{
    /// <summary>The modes of the auxiliary connection.</summary>
    public static IReadOnlyList<string> Modes { get; } = ["none", "listen", "refuse", "accept-late", "never-accept", "reset", "backlog-full", "privileged"];

    private static readonly string[] s_fields = ["port", "username", "password", "command"];

    /// <summary>The steps; without any said a plain request that runs <c>echo out</c>.</summary>
    /// <exception cref="DraftException">An option is wrong.</exception>
    public IReadOnlyList<SendStep> Steps()
    {
        bool anyField = draft.Port is not null || draft.User is not null || draft.Password is not null || draft.Command is not null;
        bool raw = draft.Acts.Any(act => act.Option is "send" or "hex") && !anyField;
        var steps = new List<SendStep>();
        if (!raw)
        {
            steps.Add(Field("port", Port()));
            steps.Add(Field("username", User(out string? key)));
            steps.Add(Field("password", Password(key)));
            steps.Add(Field("command", Command()));
        }

        // After a whole request, what is sent is input of the command.
        steps.AddRange(draft.Acts.Select(act => Act(act, raw ? "bytes" : "stdin")));
        return steps;
    }

    /// <summary>What the client does about the auxiliary connection.</summary>
    /// <exception cref="DraftException">The mode is none.</exception>
    public AuxBehaviour Aux(IReadOnlyList<SendStep> steps)
    {
        bool asked = steps.OfType<BytesStep>().Any(step => step.Bytes.UsesAuxPort);
        if (draft.Aux is not { } text)
        {
            return new AuxBehaviour(asked ? AuxMode.Listen : AuxMode.None, TimeSpan.Zero);
        }

        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string mode = equals < 0 ? text : text[..equals];
        int index = Modes.ToList().IndexOf(mode);
        TimeSpan after = TimeSpan.Zero;
        if (index < 0 || (equals >= 0 && (mode != "accept-late" || !Durations.TryParse(text[(equals + 1)..], out after))))
        {
            throw new DraftException($"--aux is '{text}', expected one of: {string.Join(", ", Modes)}; accept-late=300ms with a time{Nearest.Remark(mode, Modes)}");
        }

        if (mode == "accept-late" && after == TimeSpan.Zero)
        {
            throw new DraftException("--aux accept-late needs a time: --aux accept-late=300ms");
        }

        return mode == "none" && asked
            ? throw new DraftException("--port asks for an auxiliary connection, and --aux is none: say what the client does about it, for example --aux listen")
            : new AuxBehaviour((AuxMode)Array.IndexOf(Enum.GetNames<AuxMode>(), Enum.GetNames<AuxMode>().First(name => name.Equals(mode.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))), after);
    }

    /// <summary>The segmentations.</summary>
    /// <exception cref="DraftException">One is none.</exception>
    public IReadOnlyList<Fragmentation> Fragments() =>
        draft.Fragments.Count == 0 ? [new WholeFragmentation()] : [.. draft.Fragments.Select(Fragment).DistinctBy(one => one.Name)];

    private static Fragmentation Fragment(string text)
    {
        string[] words = text.Split('-');
        int[] offsets = [.. words.Skip(1).Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int offset) ? offset : 0)];
        return (text, words[0]) switch
        {
            ("whole", _) => new WholeFragmentation(),
            ("per-field", _) => new PerFieldFragmentation(),
            ("per-byte", _) => new PerByteFragmentation(),
            (_, "split") when offsets is [> 0, ..] && offsets.Zip(offsets.Skip(1)).All(pair => pair.First < pair.Second) => new SplitFragmentation(offsets),
            (_, "after") when words.Length > 1 && words.Skip(1).All(s_fields.Contains) => new AfterFragmentation(words[1..]),
            _ => throw new DraftException($"--fragments: '{text}' is none, expected whole, per-field, per-byte, split-1-7 (rising offsets) or after-port-password (fields){Nearest.Remark(text, ["whole", "per-field", "per-byte"])}"),
        };
    }

    private static BytesStep Field(string kind, ByteTemplate bytes) => new(kind, bytes.Then(new ByteTemplate([new LiteralPart([0])])));

    private ByteTemplate Port() => draft.Port switch
    {
        null or "none" => DraftBytes.Text("--port", draft.Aux is null or "none" ? "0" : "${aux.port}"),
        "aux" => DraftBytes.Text("--port", "${aux.port}"),
        { } text => DraftBytes.Text("--port", text),
    };

    private ByteTemplate User(out string? key)
    {
        string user = draft.User ?? "good";
        key = user.StartsWith('=') ? null : user;
        return key is null ? Text("--user", user[1..]) : Account("--user", user, "name");
    }

    private ByteTemplate Password(string? user)
    {
        if (draft.Password is not { } password)
        {
            return Account("--password", user ?? "good", "password");
        }

        if (password.Length > 0 && password[0] != '=' && !password.Contains("${", StringComparison.Ordinal))
        {
            return Account("--password", password, "password");
        }

        // A machine may lock an account that is tried in vain.
        return user is not (null or "victim") && password != $"${{{user}.password}}" && accounts.TryGet(user, out _)
            ? throw new DraftException($"--password is not that of '{user}': wrong passwords for an account that is there go to the victim alone, --user victim")
            : Text("--password", password.Length > 0 && password[0] == '=' ? password[1..] : password);
    }

    private ByteTemplate Command()
    {
        string command = draft.Command ?? "write-out";
        string? operation = Shell.Operations.Contains(command) ? command : Shell.Sh.Texts.FirstOrDefault(pair => pair.Value == command).Key;
        return operation is not null ? new ByteTemplate([new OperationPart(operation)]) : Text("--command", command);
    }

    private ByteTemplate Text(string option, string text)
    {
        ByteTemplate bytes = DraftBytes.Text(option, text);
        return bytes.Accounts.FirstOrDefault(key => !accounts.TryGet(key, out _)) is { } unknown ? throw Unknown(option, unknown) : bytes;
    }

    private ByteTemplate Account(string option, string key, string attribute) =>
        key.Contains("${", StringComparison.Ordinal) ? Text(option, key)
        : accounts.TryGet(key, out _) ? new ByteTemplate([new AccountPart(key, attribute)])
        : throw Unknown(option, key);

    private DraftException Unknown(string option, string key)
    {
        string[] keys = [.. accounts.Accounts.Select(account => account.Key)];
        return new($"{option}: there is no account '{key}', expected one of: {string.Join(", ", keys)}; or ={key} for this text as it is{Nearest.Remark(key, keys)}");
    }

    private SendStep Act(DraftAct act, string kind) => act.Option switch
    {
        "send" => new BytesStep(kind, Text("--send", act.Value)),
        "hex" => new BytesStep(kind, DraftBytes.Hex("--hex", act.Value)),
        "pause" => new PauseStep(Durations.TryParse(act.Value, out TimeSpan time) ? time : throw new DraftException($"--pause is '{act.Value}', expected a time such as 200ms")),
        "signal" => new SignalStep([byte.TryParse(act.Value, NumberStyles.None, CultureInfo.InvariantCulture, out byte signal) ? signal : throw new DraftException($"--signal is '{act.Value}', expected a number from 0 to 255")]),
        "half-close" => new HalfCloseStep(Stream("--half-close", act.Value)),
        _ => new ResetStep(Stream("--reset", act.Value)),
    };

    private static StreamName Stream(string option, string text) => text switch
    {
        "" or "primary" => StreamName.Primary,
        "aux" => StreamName.Aux,
        _ => throw new DraftException($"{option} is '{text}', expected primary or aux"),
    };
}
