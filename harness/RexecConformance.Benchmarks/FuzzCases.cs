using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Benchmarks;

/// <summary>Small requests of each kind that a fuzzer makes, always the same.</summary>
internal static class FuzzCases
{
    private static readonly Fragmentation s_whole = new WholeFragmentation();
    private static readonly Fragmentation s_perField = new PerFieldFragmentation();
    private static readonly Fragmentation s_perByte = new PerByteFragmentation();
    private static readonly AuxBehaviour s_none = new(AuxMode.None, TimeSpan.Zero);
    private static readonly AuxBehaviour s_listen = new(AuxMode.Listen, TimeSpan.Zero);

    /// <summary>The cases, by name.</summary>
    public static IReadOnlyList<FuzzCase> All { get; } =
    [
        Case("accepted", s_whole, s_none, Request("0", "good", "secret", "echo out")),
        Case("accepted-with-aux", s_whole, s_listen, AuxRequest("echo out; echo err >&2")),
        Case("accepted-per-field", s_perField, s_none, Request("0", "good", "secret", "true")),
        Case("accepted-per-byte", s_perByte, s_none, Request("0", "good", "secret", "true")),
        Case("unknown-command", s_whole, s_none, Request("", "good", "secret", "nosuch --option")),
        Case("bad-password", s_whole, s_none, Request("0", "good", "wrong", "true")),
        Case("unknown-user", s_perField, s_none, Request("0", "nobody-here", "x", "true")),
        Case("username-too-long", s_whole, s_none, Request("0", new string('u', 300), "secret", "true")),
        Case("password-too-long", s_perField, s_none, Request("0", "good", new string('p', 300), "true")),
        Case("unfinished", s_whole, s_none, Field("port", "0"), Field("username", "good")),
        Case("half-close-in-password", s_whole, s_none, Field("port", "0"), Field("username", "good"), Bytes("bytes", "sec"), new HalfCloseStep(StreamName.Primary)),
        Case("reset-in-password", s_whole, s_none, Field("port", "0"), Field("username", "good"), Bytes("bytes", "sec"), new ResetStep(StreamName.Primary)),
        Case("aux-refused", s_whole, new AuxBehaviour(AuxMode.Refuse, TimeSpan.Zero), AuxRequest("true")),
        Case("aux-reset", s_whole, new AuxBehaviour(AuxMode.Reset, TimeSpan.Zero), AuxRequest("true")),
        Case("input-copied", s_whole, s_none, [.. Request("0", "good", "secret", "cat"), Bytes("stdin", "some input\n"), new HalfCloseStep(StreamName.Primary)]),
        Case("paused", s_whole, s_none, Field("port", "0"), new PauseStep(TimeSpan.FromMilliseconds(50)), Field("username", "good"), Field("password", "secret"), Field("command", "true")),
    ];

    private static FuzzCase Case(string family, Fragmentation fragments, AuxBehaviour aux, params SendStep[] send) => new()
    {
        Origin = new CaseOrigin(0, 0, family),
        Send = send,
        Fragments = fragments,
        Aux = aux,
    };

    private static SendStep[] Request(string port, string user, string password, string command) =>
        [Field("port", port), Field("username", user), Field("password", password), Field("command", command)];

    private static SendStep[] AuxRequest(string command) =>
        [new BytesStep("port", new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])), .. Request("", "good", "secret", command)[1..]];

    private static BytesStep Field(string kind, string text) => Bytes(kind, text + "\0");

    private static BytesStep Bytes(string kind, string text) => new(kind, new ByteTemplate([new LiteralPart(Encoding.Latin1.GetBytes(text))]));
}
