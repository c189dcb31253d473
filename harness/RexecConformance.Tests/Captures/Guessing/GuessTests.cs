using RexecConformance.Captures;
using RexecConformance.Captures.Guessing;
using RexecConformance.Captures.Packets;
using RexecConformance.Tests.Captures.Showing;

namespace RexecConformance.Tests.Captures.Guessing;

/// <summary>Sessions with two known daemons: Debian's rsh-server 0.17-24, and GNU inetutils 2.4 where the name says gnud.</summary>
public sealed class GuessTests
{
    // What only one dialect does, it is alone; what several do, all of them are named.
    [SkippableTheory]
    [InlineData("01-glibc-noaux-echo", "any")]
    [InlineData("02-glibc-aux-out-err", "bsd44 debian illumos mks sco")]
    [InlineData("03-glibc-badpass-noaux", "debian")]
    [InlineData("04-glibc-badpass-aux", "debian")]
    [InlineData("06-glibc-user17-noaux", "bsd44 debian illumos sco")]
    [InlineData("08-glibc-pass17-noaux", "bsd44 debian illumos sco solaris")]
    [InlineData("15-glibc-signal-term-ignored-aux", "debian")]
    [InlineData("16-glibc-signal-byte-readable-on-fd2", "bsd44 debian illumos mks sco")]
    [InlineData("25-glibc-nohome-aux", "debian illumos")]
    [InlineData("27-glibc-user15-pass15-ok", "debian inetutils mks sco solaris")]
    [InlineData("36-raw-port-65536", "any")]
    [InlineData("39-raw-eof-mid-user", "bsd44 debian illumos")]
    [InlineData("45-raw-aux-close-early", "bsd44 debian illumos mks sco")]
    [InlineData("72-hydra-rexec", "debian")]
    [InlineData("80-gnud-glibc-noaux", "any")]
    [InlineData("81-gnud-glibc-aux", "inetutils solaris")]
    [InlineData("89-gnud-raw-eof-mid-user", "inetutils")]
    public void SharedCapture(string name, string expected)
    {
        var conversation = CaptureContents.Read(CaptureFiles.Shared($"rexec/{name}.pcap")).Conversations[0];
        Assert.Equal(expected, Likely(DialectGuess.Of(conversation, Shown.Dialects)));
        // Further dialects may come in; the daemon's own is never excluded.
        var daemon = name.Contains("gnud") ? "inetutils" : "debian";
        Assert.Contains(DialectGuess.Of(conversation, Shown.AllDialects).Likely, match => match.Dialect == daemon);
    }

    [SkippableFact]
    public void NoSharedCaptureContradictsItsDaemon()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(CaptureFiles.Shared("rexec/01-glibc-noaux-echo.pcap"), ".."), "*.pcap"))
        {
            var daemon = path.Contains("gnud") ? "inetutils" : "debian";
            foreach (var conversation in CaptureContents.Read(path).Conversations)
            {
                var match = DialectGuess.Of(conversation, Shown.Dialects).Ranked.Single(one => one.Dialect == daemon);
                Assert.True(match.Contradictions == 0, $"{path}: {string.Join("; ", match.Evidence)}");
            }
        }
    }

    [Theory]
    [InlineData("\u0001Login incorrect.\n", "bsd44 illumos solaris")]
    [InlineData("\u0001Login incorrect\n", "inetutils sco")]
    [InlineData("\u0001Password incorrect.\n", "bsd44 illumos")]
    [InlineData("\u0001No remote directory.\n", "bsd44 solaris")]
    [InlineData("\u0001No remote directory\n", "inetutils")]
    [InlineData("\u0001nobody knows this text\n", "any")]
    public void Diagnostic(string reply, string expected) => Assert.Equal(expected, Likely(Of(Refused(reply))));

    [Fact]
    public void DiagnosticThatIsCutOffDoesNotExcludeTheLongerText()
    {
        // No end: "Login incorrect" may go on with a period.
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0user\0pw\0ls\0").FromServer(1, 13, "\u0001Login incorrect");
        Assert.True(Of(builder).Ranked.Single(match => match.Dialect == "bsd44").Contradictions == 0);
    }

    [Fact]
    public void SilenceWithoutTheDelayIsNoRefusalOfAPassword()
    {
        var evidence = Of(Refused("")).Ranked.Single(match => match.Dialect == "debian").Evidence.Single(one => one.Property == "diagnostics.bad-password");
        // An expired account, whose silence has no delay.
        Assert.Equal((Agreement.Agrees, "account-expired: silence"), (evidence.Agreement, evidence.Stated));
    }

    [Fact]
    public void ServerThatDoesNotConnectWhileItHasThePortAlone()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "5000\0");
        for (var i = 0; i < 6000; i++)
        {
            builder.FromServer(1, 6, "");
        }

        builder.FromClient(6, 1, "", TcpFlags.Ack | TcpFlags.Fin);
        Assert.Equal("interix", Likely(Of(builder)));
    }

    [Theory]
    [InlineData("12", 60_000, "port-timeout", Agreement.Agrees)]
    [InlineData("12", 30_000, "port-timeout", Agreement.Contradicts)]
    [InlineData("\0us", 60_000, "fields-timeout", Agreement.Contradicts)]
    public void ServerThatGivesUpASilentClient(string sent, int milliseconds, string property, Agreement expected)
    {
        var builder = Idle(sent, milliseconds).FromServer(1, 1 + (uint)sent.Length, "", TcpFlags.Ack | TcpFlags.Fin);
        Assert.Equal(expected, Debian(builder).Evidence.Single(one => one.Property == property).Agreement);
    }

    [Fact]
    public void ServerThatWaitsLongerThanAMinuteForTheFields()
    {
        var builder = Idle("\0us", 80_000).FromClient(4, 1, "", TcpFlags.Ack | TcpFlags.Fin);
        Assert.Equal(Agreement.Agrees, Debian(builder).Evidence.Single(one => one.Property == "fields-timeout").Agreement);
    }

    [Fact]
    public void ServerThatWaitsLongerThanAMinuteForThePort()
    {
        var builder = Idle("12", 80_000).FromClient(3, 1, "", TcpFlags.Ack | TcpFlags.Fin);
        Assert.Equal(Agreement.Contradicts, Debian(builder).Evidence.Single(one => one.Property == "port-timeout").Agreement);
    }

    [Fact]
    public void FailedAuxIsASilentClose()
    {
        var guess = Of(new PcapBuilder().Handshake().FromClient(1, 1, "5000\0")
            .Tcp(PcapBuilder.Server, 40000, 5000, 0, 0, TcpFlags.Syn).Tcp(PcapBuilder.Client, 5000, 40000, 0, 1, TcpFlags.Rst | TcpFlags.Ack)
            .FromServer(1, 6, "", TcpFlags.Ack | TcpFlags.Fin));
        Assert.Contains(guess.Ranked.Single(match => match.Dialect == "debian").Evidence, one => one is { Property: "aux-failure", Agreement: Agreement.Agrees });
    }

    [Fact]
    public void WordsAreCutSensibly()
    {
        var guess = Of(Refused("\u0001Login incorrect.\n"));
        Assert.Equal("bsd44|illumos|solaris", GuessText.Word(guess, 21));
        Assert.Equal("bsd44|illumos+1", GuessText.Word(guess, 20));
        Assert.Equal("bsd44+2", GuessText.Word(guess, 5));
        Assert.StartsWith("bsd44 (illumos and solaris would do the same)", GuessText.Line(guess));
        Assert.Equal("-", GuessText.Word(DialectGuess.Of(Refused("").Read().Conversations[0], []), 20));
    }

    [Fact]
    public void EveryContradictionHasAFrameAndABasis()
    {
        var guess = Of(Refused("\u0001Login incorrect.\n"));
        var against = guess.Ranked.SelectMany(match => match.Evidence).Where(one => one.Agreement == Agreement.Contradicts).ToList();
        Assert.NotEmpty(against);
        Assert.All(against, one => Assert.True(one is { Frame: 5, Basis.Source.Length: > 0, Distinguishes: true }, $"{one}"));
    }

    // One packet a millisecond, as the builder makes them.
    private static PcapBuilder Idle(string sent, int milliseconds)
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, sent);
        for (var i = 0; i < milliseconds; i++)
        {
            builder.FromServer(1, 1 + (uint)sent.Length, "");
        }

        return builder;
    }

    private static DialectMatch Debian(PcapBuilder builder) => Of(builder).Ranked.Single(match => match.Dialect == "debian");

    private static PcapBuilder Refused(string reply) => new PcapBuilder().Handshake()
        .FromClient(1, 1, "\0user\0pw\0ls\0").FromServer(1, 13, reply, TcpFlags.Ack | TcpFlags.Fin);

    private static DialectGuess Of(PcapBuilder builder) => DialectGuess.Of(Assert.Single(builder.Read().Conversations), Shown.Dialects);

    private static string Likely(DialectGuess guess) =>
        guess.Any ? "any" : string.Join(' ', guess.Likely.Select(match => match.Dialect).Order(StringComparer.Ordinal));
}
