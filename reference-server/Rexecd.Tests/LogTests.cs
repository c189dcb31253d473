using System.Collections.Concurrent;
using System.Text.Json;

namespace Rexecd.Tests;

/// <summary>The log: what is in it, what never is, and that no client can write a line of its own.</summary>
public class LogTests
{
    [Fact]
    public async Task Session_has_its_events_in_order_and_an_end()
    {
        ConcurrentQueue<LogEvent> log = await RunAsync("good", "secret", "echo out", aux: true);
        Assert.Equal(["start", "ready", "accept", "aux", "login-accepted", "end"], log.Take(6).Select(entry => entry.Name));
        Assert.Single(log.Where(entry => entry.Name is "accept" or "aux" or "login-accepted" or "end").Select(entry => Field(entry, "session")).Distinct());
        LogEvent end = log.Last(entry => entry.Name == "end");
        Assert.Equal("completed", Field(end, "how"));
        Assert.InRange((long)Field(end, "request-bytes")!, "1\0good\0secret\0echo out\0".Length, "65535\0good\0secret\0echo out\0".Length);
    }

    [Theory]
    [InlineData("good", "wrong", false, "user=\"good\" reason=\"bad password\"")]
    [InlineData("hunter22", "x", false, "user-length=8 reason=\"unknown user\"")] // perhaps a password in the wrong field
    [InlineData("hunter22", "x", true, "user=\"hunter22\" reason=\"unknown user\"")]
    public async Task Refused_login_names_no_password(string user, string password, bool commands, string expected)
    {
        ConcurrentQueue<LogEvent> log = await RunAsync(user, password, "true", commands: commands);
        Assert.EndsWith(expected, log.Single(entry => entry.Name == "login-refused").ToString());
        Assert.Equal("refused", Field(log.Last(entry => entry.Name == "end"), "how"));
        Assert.DoesNotContain(log, entry => entry.ToString().Contains("wrong"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Command_is_logged_on_request_only(bool commands)
    {
        ConcurrentQueue<LogEvent> log = await RunAsync("good", "secret", "echo out", commands: commands);
        Assert.Equal(commands, log.Any(entry => entry.ToString().Contains("command=\"echo out\"")));
        Assert.DoesNotContain(log, entry => entry.ToString().Contains("secret"));
    }

    [Fact]
    public async Task Control_bytes_make_no_line_and_no_field()
    {
        const string Forged = "x\" how=completed\n2026-01-01T00:00:00.000Z login-accepted user=\"root\u001b[2J\u00e9\u2028";
        ConcurrentQueue<LogEvent> log = await RunAsync(Forged[..^1], "x", "true", commands: true, dialect: "inetutils");
        LogEvent refused = log.Single(entry => entry.Name == "login-refused");
        string text = LogText.Line(refused);
        Assert.All(text, c => Assert.InRange(c, ' ', '~'));
        Assert.Contains("user=\"x\\\" how=completed\\n2026-01-01T00:00:00.000Z login-accepted user=\\\"root\\x1B[2J\\xE9\" reason=", text);
        string json = LogJson.Line(refused);
        Assert.All(json, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(Forged[..^1], JsonDocument.Parse(json).RootElement.GetProperty("user").GetString());
    }

    [Fact]
    public async Task Long_name_is_cut()
    {
        ConcurrentQueue<LogEvent> log = await RunAsync(new string('a', 5000), "x", "true", commands: true, dialect: "inetutils");
        string line = log.Single(entry => entry.Name == "login-refused").ToString();
        Assert.Contains(new string('a', 256) + "... 5000 bytes\"", line);
        Assert.DoesNotContain(new string('a', 257), line);
    }

    [Fact]
    public async Task Log_that_throws_changes_nothing_for_clients()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { Log = _ => throw new IOException("full") });
        Assert.Equal(new Reply("\0out\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out")).Primary);
    }

    [SkippableFact]
    public async Task File_is_appended_to_opened_again_and_readable_by_its_owner_only()
    {
        Needs.Linux();
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string path = Path.Combine(folder.FullName, "log"), old = path + ".1";
            await using ServerProcess server = await ServerProcess.StartAsync("--log", path, "--log-format", "json");
            _ = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out");
            for (int i = 0; !File.ReadAllText(path).Contains("\"end\"") && i < 1000; i++)
            {
                await Task.Delay(10); // The client's end comes first.
            }

            File.Move(path, old);
            server.Signal(1);
            for (int i = 0; !File.Exists(path) && i < 1000; i++)
            {
                await Task.Delay(10);
            }

            _ = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out");
            server.Signal(15);
            Assert.Equal(("", 0), await server.EndAsync());
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsLinux() ? File.GetUnixFileMode(path) : default);
            Assert.Equal(["start", "ready", "accept", "login-accepted", "end"], Names(old));
            Assert.Equal(["accept", "login-accepted", "end", "stop"], Names(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task Address_beyond_loopback_is_a_warning()
    {
        Needs.Linux();
        await using ServerProcess server = await ServerProcess.StartProgramAsync(InetdProcess.Command, "--listen", "0.0.0.0:0", "--allow-remote");
        server.Signal(15);
        (string error, int exitCode) = await server.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains(" warning text=\"0.0.0.0 is not loopback, and rexec sends passwords and commands in the clear", error);
    }

    private static IEnumerable<string?> Names(string path) =>
        File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());

    private static object? Field(LogEvent entry, string name) => entry.Fields.Single(field => field.Name == name).Value;

    private static async Task<ConcurrentQueue<LogEvent>> RunAsync(
        string user, string password, string command, bool aux = false, bool commands = false, string dialect = "bsd44")
    {
        var log = new ConcurrentQueue<LogEvent>();
        await using (RexecServer server = SessionTests.Start(dialect, o => o with { Log = log.Enqueue, LogCommands = commands }))
        {
            _ = await Client.ExchangeAsync(server.EndPoint, user, password, command, aux);
        }

        return log;
    }
}
