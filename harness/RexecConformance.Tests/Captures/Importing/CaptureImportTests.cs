using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Captures.Packets;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Scenarios;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Captures.Importing;

[Trait("needs", "nothing")]
public sealed class CaptureImportTests
{
    [Fact]
    public void AccountAndCommandAreMadeForAnAcceptedLogin()
    {
        using var imported = Import("glibc-aux-out-err");
        Account account = imported.Tree.Fixtures.Accounts["rxalice"];
        Assert.Equal(("rxalice", "wonder-1865"), (account.Name, account.Password));
        Assert.Contains("echo out; echo err >&2; exit 3", Assert.Single(imported.Tree.Fixtures.CommandFiles).Text);
        Scenario scenario = Assert.Single(imported.Tree.Scenarios);
        Assert.Equal("\0out\n"u8.ToArray(), scenario.Expect[0].Primary!.Bytes!.Resolve(Context(imported)));
        Assert.Equal("err\n"u8.ToArray(), scenario.Expect[0].Aux!.Bytes!.Resolve(Context(imported)));
        Assert.Equal(EndRule.Fin, scenario.Expect[0].Primary!.End);
    }

    [Fact]
    public void BytesAreExpectedOnTheCaptureAsBasis()
    {
        using var imported = Import("glibc-aux-out-err");
        var text = new StringWriter();
        Explanation.Write(text, imported.Tree.Scenarios[0], imported.Tree);
        Assert.Contains("bytes and end: observed: made.pcap (sha256 000000000000) of 2026-11-20, conversation 1", text.ToString());
    }

    [Fact]
    public void OtherCredentialsAreSaidWhereTheirLengthIsAnother()
    {
        using var imported = Import("glibc-aux-out-err", new ImportOptions { Account = "good" });
        string[] notes = ["the username of the account 'good' has 4 bytes in place of the captured 7", "the password of the account 'good' has 6 bytes in place of the captured 11"];
        Assert.Equal(notes, imported.Result.Scenarios[0].Notes);
        Assert.Equal(string.Join("; ", notes) + ".", imported.Tree.Scenarios[0].Notes);
        Assert.DoesNotContain(Files(imported), text => text.Contains("rxalice", StringComparison.Ordinal) || text.Contains("wonder", StringComparison.Ordinal));
    }

    [Fact]
    public void WrongPasswordStaysOneOfTheSameLength()
    {
        using var imported = Import("glibc-bad-password", new ImportOptions { Account = "good" });
        BytesStep[] fields = [.. imported.Tree.Scenarios[0].Send.OfType<BytesStep>()];
        Assert.Equal(new AccountPart("victim", "name"), fields[1].Bytes.Parts[0]);
        Assert.Equal("wrong-pass".Length + 1, fields[2].Bytes.Resolve(Context(imported)).Length);
        Assert.NotEqual(AccountFile.Default["victim"].Password, Encoding.UTF8.GetString(fields[2].Bytes.Resolve(Context(imported))[..^1]));
        Assert.Equal("bad-password", imported.Tree.Scenarios[0].Expect[1].Refused);
    }

    [Fact]
    public void OverlongNameKeepsItsLengthAndIsNobodys()
    {
        using var imported = Import("glibc-user-too-long", new ImportOptions { Account = "good" });
        string name = Encoding.UTF8.GetString(imported.Tree.Scenarios[0].Send.OfType<BytesStep>().ElementAt(1).Bytes.Resolve(Context(imported))[..^1]);
        Assert.Equal("rxalice1234567890".Length, name.Length);
        Assert.DoesNotContain(AccountFile.Default.Accounts, account => account.Name == name);
    }

    [Fact]
    public void RedactedSecretsAreInNoFileAndLengthsStay()
    {
        CaptureContents contents = CaptureContents.Read(CaptureFiles.Committed("glibc-aux-out-err"));
        using var imported = new ImportedFolder(contents, new ImportOptions { Redact = true }, "rxalice-with-wonder-1865.pcap");
        Assert.Empty(imported.Problems);
        Assert.DoesNotContain(Files(imported), text => text.Contains("rxalice", StringComparison.Ordinal) || text.Contains("wonder-1865", StringComparison.Ordinal));
        Assert.Equal(
            contents.Conversations[0].Sent(Side.Client, Transcripts.StreamName.Primary)!.Pieces.Select(piece => piece.Bytes.Length),
            Variant.Of(imported.Tree.Scenarios[0]).Single().Expand(Context(imported)).OfType<Send>().Select(send => send.Bytes.Length));
    }

    [Fact]
    public void RedactedNameIsReplacedInWhatTheCommandSaysToo()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0alice\0wonder\0id alice\0").FromServer(1, 23, "\0I am alice\n", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read(), new ImportOptions { Redact = true });
        Assert.DoesNotContain(Files(imported), text => text.Contains("alice", StringComparison.Ordinal) || text.Contains("wonder", StringComparison.Ordinal));
        string name = imported.Tree.Fixtures.Accounts.Accounts[^1].Name;
        Assert.Equal(5, name.Length);
        Assert.Equal($"\0I am {name}\n", Encoding.Latin1.GetString(imported.Tree.Scenarios[0].Expect[0].Primary!.Bytes!.Resolve(Context(imported))));
        Assert.Contains($"I am {name}", imported.Tree.Fixtures.CommandFiles[0].Text);
    }

    [Theory]
    [InlineData(false, null, "echo S3cr3tPw! *")]
    [InlineData(false, "good", "echo S3cr3tPw! *")]
    [InlineData(true, null, "echo pppppppp")]
    public void PasswordIsInTheFilesAndInNoPrintedLine(bool redact, string? account, string title)
    {
        string request = "S3cr3tPw!\0alice\0S3cr3tPw!\0echo S3cr3tPw! *\0";
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, request).FromServer(1, (uint)(1 + request.Length), "\0S3cr3tPw!\n", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read(), new ImportOptions { Redact = redact, Account = account });
        ImportedScenario made = Assert.Single(imported.Result.Scenarios);
        Assert.Contains(title, made.Scenario.Title);
        Assert.DoesNotContain("S3cr3tPw!", made.Lines.Title + string.Join('\n', made.Lines.Notes));
        Assert.Contains(redact ? title : "'echo ********* *'", made.Lines.Title);
        Assert.Contains(made.Lines.Notes, note => note.Contains("\"*********\" is no plain number", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("no")]
    [InlineData("y")]
    [InlineData("~")]
    [InlineData("1e3")]
    [InlineData("0x1f")]
    [InlineData("017")]
    [InlineData("007")]
    public void NameThatYamlTakesForSomethingElseStaysAText(string name)
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, $"\0{name}\0{name}\0{name}\0").FromServer(1, (uint)(5 + (3 * name.Length)), $"\0{name}", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read(), fileName: name + ".pcap");
        Assert.Empty(imported.Problems);
        Account account = imported.Tree.Fixtures.Accounts.Accounts[^1];
        Assert.Equal((name, name), (account.Name, account.Password));
        Assert.Equal(name is "~" ? "captured1" : name, account.Key);
        Assert.Equal(name is "~" ? "capture" : name, Assert.Single(imported.Tree.Scenarios).Id);
        Assert.Equal($"\0{name}", Encoding.Latin1.GetString(imported.Tree.Scenarios[0].Expect[0].Primary!.Bytes!.Resolve(Context(imported))));

        // Whoever reads by the rules of YAML 1.1 takes no key and no id for a number, a truth value or nothing.
        Assert.All(Files(imported).SelectMany(text => text.Split('\n')), line => Assert.DoesNotMatch($"^(  |id: ){System.Text.RegularExpressions.Regex.Escape(name)}(:|$)", line));
    }

    [Theory]
    [InlineData("0", "a", "0", "echo 0 a", "0 a\n")]
    [InlineData("", "id", "c", "id -c; c", "id c\n")]
    public void ShortCredentialsAreReplacedInTheirOwnFieldsOnly(string port, string name, string password, string command, string output)
    {
        string request = $"{port}\0{name}\0{password}\0{command}\0";
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, request).FromServer(1, (uint)(1 + request.Length), "\0" + output, TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read(), new ImportOptions { Redact = true });
        Assert.Empty(imported.Problems);
        Scenario scenario = Assert.Single(imported.Tree.Scenarios);
        string[] fields = [.. scenario.Send.OfType<BytesStep>().Select(step => Encoding.Latin1.GetString(step.Bytes.Resolve(Context(imported))))];
        Assert.Equal([port + "\0", new string('u', name.Length) + "\0", "p\0", command + "\0"], fields);
        Assert.Equal("\0" + output, Encoding.Latin1.GetString(scenario.Expect[0].Primary!.Bytes!.Resolve(Context(imported))));
    }

    [Theory]
    [InlineData("4711\0alice\04711\0true\0")]
    [InlineData("4711")]
    public void PortFieldIsNeverRedacted(string request)
    {
        var builder = new PcapBuilder().Handshake(fromPort: 1022).Tcp(PcapBuilder.Client, 1022, 512, 1, 1, TcpFlags.Ack, "0\0alice\04711\0true\0")
            .Tcp(PcapBuilder.Server, 512, 1022, 1, 19, TcpFlags.Ack | TcpFlags.Fin, "\0")
            .Handshake().FromClient(1, 1, request, TcpFlags.Ack | TcpFlags.Fin).FromServer(1, (uint)(2 + request.Length), "", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read(), new ImportOptions { Redact = true });
        Assert.Empty(imported.Problems);
        var port = (BytesStep)imported.Tree.Scenarios[1].Send[0];
        Assert.True(port.Bytes.Parts[0] is AuxPortPart || port.Bytes.Resolve(Context(imported)).AsSpan().StartsWith("4711"u8), port.ToString());
    }

    [Theory]
    [InlineData("echo out", "out\n", true)]
    [InlineData("echo out", "ou", false)]
    [InlineData("true", "", true)]
    [InlineData("true", "surprise\n", false)]
    [InlineData("cat", "", true)]
    [InlineData("cat", "from nowhere\n", false)]
    [InlineData("pwd", "/u/alice\n", true)]
    [InlineData("pwd", "no folder\n", false)]
    [InlineData("id -un", "alice\n", true)]
    [InlineData("id -un", "bob\n", false)]
    [InlineData("echo out; echo err >&2", "out\nerr\n", true)]
    [InlineData("echo out; echo err >&2", "out\n", false)]
    public void OperationIsScriptedWhereItWroteSomethingElse(string command, string output, bool usual)
    {
        string request = $"0\0alice\0wonder\0{command}\0";
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, request).FromServer(1, (uint)(1 + request.Length), "\0" + output, TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read());
        Assert.Empty(imported.Problems);
        Assert.Equal(usual ? 0 : 1, imported.Tree.Fixtures.CommandFiles.Count);
        Assert.Equal(!usual, imported.Tree.Scenarios[0].Notes?.Contains("a real target answers otherwise", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("out\n", "other\n")]
    [InlineData("other\n", "out\n")]
    public void OperationWithTwoOutputsIsLeftOutOnce(params string[] outputs)
    {
        var builder = new PcapBuilder();
        for (int i = 0; i < outputs.Length; i++)
        {
            builder.Handshake(fromPort: 1023 - i).Tcp(PcapBuilder.Client, 1023 - i, 512, 1, 1, TcpFlags.Ack, "\0u\0p\0echo out\0")
                .Tcp(PcapBuilder.Server, 512, 1023 - i, 1, 15, TcpFlags.Ack | TcpFlags.Fin, "\0" + outputs[i]);
        }

        using var imported = new ImportedFolder(builder.Read());
        Assert.Single(imported.Tree.Scenarios);
        Assert.Contains("--conversation", Assert.Single(imported.Result.Left).Reason);
    }

    [Theory]
    [InlineData("0\0alice\0S3cr", "closed without a word", false)]
    [InlineData("0\0alice\0S3cr3tPw!\0", "closed without a word", false)]
    [InlineData("0\0alice\0S3cr", "closed without a word (eof-in-password)", true)]
    public void EofIsTheCauseOnlyWhereTheClientEndedFirst(string request, string outcome, bool clientFirst)
    {
        uint next = (uint)(1 + request.Length);
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, request);
        _ = clientFirst
            ? builder.FromClient(next, 1, "", TcpFlags.Ack | TcpFlags.Fin).FromServer(1, next + 1, "", TcpFlags.Ack | TcpFlags.Fin)
            : builder.FromServer(1, next, "", TcpFlags.Ack | TcpFlags.Fin).FromClient(next, 2, "", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read());
        Assert.Empty(imported.Problems);
        Scenario scenario = Assert.Single(imported.Tree.Scenarios);
        Assert.EndsWith(": " + outcome, scenario.Title);
        Assert.Equal(clientFirst, scenario.Expect.Any(one => one.When.Any(condition => condition.Property == "eof-in-field")));
        Assert.Equal(clientFirst, scenario.Send.OfType<HalfCloseStep>().Any());
    }

    [Theory]
    [InlineData("40000\0")]
    [InlineData("40000\0alice\0wonder\0true\0")]
    public void RefusedAuxConnectionIsTheCause(string request)
    {
        uint next = (uint)(1 + request.Length);
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, request)
            .Tcp(PcapBuilder.Server, 1022, 40000, 0, 0, TcpFlags.Syn).Tcp(PcapBuilder.Client, 40000, 1022, 0, 1, TcpFlags.Rst | TcpFlags.Ack)
            .FromServer(1, next, "", TcpFlags.Ack | TcpFlags.Fin).FromClient(next, 2, "", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read());
        Assert.Empty(imported.Problems);
        Scenario scenario = Assert.Single(imported.Tree.Scenarios);
        Assert.EndsWith("with an auxiliary connection that failed: closed without a word (aux-failure)", scenario.Title);
        Assert.Contains(scenario.Expect, one => one.When.Any(condition => condition.ToString() == "aux-failure is silent-close"));
        Assert.DoesNotContain(scenario.Expect, one => one.When.Any(condition => condition.Property == "eof-in-field"));
    }

    [Fact]
    public void LostClientBytesAreAReason()
    {
        CaptureContents contents = new PcapBuilder().Handshake().FromClient(1, 1, "\0u").FromClient(9, 1, "\0").Read();
        ImportResult result = CaptureImport.Of(contents.Conversations, new CaptureOrigin("x.pcap", new string('0', 64), null), new ImportOptions(), ImportedFolder.Dialects);
        Assert.Empty(result.Scenarios);
        Assert.Empty(result.Files);
        Assert.Equal("6 bytes that the client sent are not in the file (the first at offset 2 of primary)", Assert.Single(result.Left).Reason);
    }

    [Fact]
    public void LostServerBytesLeaveABeginning()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0u\0p\0c\0").FromServer(1, 8, "\0abc").FromServer(9, 8, "xyz", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read());
        StreamRule primary = Assert.Single(imported.Tree.Scenarios).Expect[0].Primary!;
        Assert.Null(primary.Bytes);
        Assert.Equal("\0abc"u8.ToArray(), primary.Beginning!.Resolve(Context(imported)));
        Assert.Contains("from offset 4", imported.Result.Scenarios[0].Notes[0]);
    }

    [Theory]
    [InlineData("5000", "${aux.port}", null)]
    [InlineData("00000000000000005000", "0000000000000000${aux.port}", null)]
    [InlineData("070536", "0${aux.port+65536}", null)]
    [InlineData("999999999999939464", "${aux.port+999999999999934464}", null)]
    [InlineData("1000000000000000008", "${aux.port}", "has 19 significant digits, at most 18 can be kept")]
    [InlineData("abc", "${aux.port}", "is no plain number")]
    public void PortKeepsItsForm(string captured, string expected, string? note)
    {
        byte[] text = Encoding.ASCII.GetBytes(captured);
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, captured + "\0")
            .Tcp(PcapBuilder.Server, 40000, PortField.Value(text), 0, 0, TcpFlags.Syn)
            .Tcp(PcapBuilder.Client, PortField.Value(text), 40000, 0, 1, TcpFlags.Rst | TcpFlags.Ack)
            .FromServer(1, (uint)(text.Length + 2), "", TcpFlags.Fin | TcpFlags.Ack);
        using var imported = new ImportedFolder(builder.Read());
        Assert.Empty(imported.Problems);
        Assert.Contains(Files(imported), file => file.Contains($"port: \"{expected}\"", StringComparison.Ordinal));
        byte[] sent = Assert.Single(imported.Tree.Scenarios).Send.OfType<BytesStep>().First().Bytes.Resolve(new Texts.Context());
        Assert.Equal(PortField.Rewrite(text, 4711, out string? rewriting), sent[..^1]);
        Assert.Equal(rewriting is null ? [] : new[] { rewriting }, imported.Result.Scenarios[0].Notes);
        Assert.Contains(note ?? "", rewriting ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void PauseOfTheClientStaysAndTheServersIsAnAwait()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0us");
        for (int i = 0; i < 300; i++)
        {
            builder.Frame([]);
        }

        builder.FromClient(4, 1, "er\0p\0cat\0").FromServer(1, 13, "\0ready\n").FromClient(13, 8, "input").FromServer(8, 18, "input").FromClient(18, 13, "", TcpFlags.Ack | TcpFlags.Fin)
            .FromServer(13, 19, "", TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read());
        Assert.Empty(imported.Problems);
        Scenario scenario = Assert.Single(imported.Tree.Scenarios);
        CapturedCut cut = Assert.IsType<CapturedFragmentation>(Assert.Single(scenario.Fragments)).Cuts.Single(one => one.Then.Count > 0);
        Assert.Equal("username+2", cut.ToString());
        Assert.Equal(300, Assert.IsType<PauseStep>(Assert.Single(cut.Then)).Duration.TotalMilliseconds);
        Assert.Equal(["AwaitBytesStep", "BytesStep", "AwaitBytesStep", "HalfCloseStep"], scenario.Send.Skip(4).Select(step => step.GetType().Name));
    }

    [Fact]
    public void HugeCommandOfEveryByteReadsBackTheSame()
    {
        string command = string.Concat(Enumerable.Range(0, 100_000).Select(i => (char)(1 + (i * 31 % 255))));
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0u\0p\0");
        for (int at = 0; at < command.Length; at += 50_000)
        {
            builder.FromClient((uint)(6 + at), 1, command.Substring(at, 50_000));
        }

        builder.FromClient((uint)(6 + command.Length), 1, "\0").FromServer(1, (uint)(7 + command.Length), "\0" + command[..40_000], TcpFlags.Ack | TcpFlags.Fin);
        using var imported = new ImportedFolder(builder.Read());
        Assert.Empty(imported.Problems);
        Scenario scenario = Assert.Single(imported.Tree.Scenarios);
        Assert.Equal(command + "\0", Encoding.Latin1.GetString(scenario.Send.OfType<BytesStep>().Last().Bytes.Resolve(Context(imported))));
        Assert.Equal([5, 50_000, 50_000, 1], Variant.Of(scenario).Single().Expand(Context(imported)).OfType<Send>().Select(send => send.Bytes.Length));
    }

    [Fact]
    public void SameCommandWithOtherOutputIsLeftOut()
    {
        var builder = new PcapBuilder();
        foreach ((int port, string output) in new[] { (1023, "one\n"), (1024, "two\n") })
        {
            builder.Handshake(fromPort: port).Tcp(PcapBuilder.Client, port, 512, 1, 1, TcpFlags.Ack, "\0u\0p\0uptime\0")
                .Tcp(PcapBuilder.Server, 512, port, 1, 13, TcpFlags.Ack | TcpFlags.Fin, "\0" + output);
        }

        using var imported = new ImportedFolder(builder.Read());
        Assert.Single(imported.Tree.Scenarios);
        Assert.Contains("--conversation", Assert.Single(imported.Result.Left).Reason);
    }

    private static ImportedFolder Import(string slug, ImportOptions? options = null)
    {
        var imported = new ImportedFolder(CaptureContents.Read(CaptureFiles.Committed(slug)), options);
        Assert.Empty(imported.Problems);
        return imported;
    }

    private static AccountContext Context(ImportedFolder imported) => new(imported.Tree.Fixtures.Accounts);

    private static IEnumerable<string> Files(ImportedFolder imported) =>
        Directory.EnumerateFiles(imported.Folder, "*", SearchOption.AllDirectories).SelectMany(file => new[] { file[imported.Folder.Length..], File.ReadAllText(file) });
}
