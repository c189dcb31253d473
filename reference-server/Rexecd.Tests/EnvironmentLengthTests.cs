namespace Rexecd.Tests;

/// <summary>Classic servers write HOME, SHELL and USER into buffers and cut what does not fit (facts 2.9).</summary>
[Collection("alone")]
public class EnvironmentLengthTests
{
    private const string Command = "echo ${#USER} ${#HOME} ${#SHELL}";

    [SkippableTheory]
    [InlineData("bsd44", "14 58 57")]
    [InlineData("bsd42", "14 58 57")]
    [InlineData("illumos", "14 58 57")]
    [InlineData("netkit", "14 58 57")]
    [InlineData("netkit-pam", "14 80 84")]
    [InlineData("freebsd-pam", "14 80 84")]
    [InlineData("inetutils", "14 80 84")]
    public async Task Values_are_cut_where_there_are_buffers(string dialect, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "real shells need Linux");
        string home = "/" + new string('h', 79);
        string shell = "/bin/" + new string('/', 77) + "sh";
        AccountFile accounts = AccountFile.Parse(
            "test", $"accounts: {{ a: {{ name: abcdefghijklmn, password: secret, uid: 2001, gid: 2001, home: {home}, shell: {shell} }} }}");
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Commands = CommandMode.Shell, Accounts = accounts });
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, "abcdefghijklmn", "secret", Command);
        Assert.Equal($"\0{expected}\n", primary.Text);
    }

    [Theory]
    [InlineData("bsd42", "HOME SHELL PATH USER", ":/usr/ucb:/bin:/usr/bin")]
    [InlineData("netkit", "HOME SHELL PATH USER", "/usr/bin:/bin")]
    [InlineData("netbsd-pam", "HOME SHELL PATH USER LOGNAME", "/usr/bin:/bin")]
    [InlineData("inetutils191", "HOME SHELL PATH USER LOGNAME RHOST", "/usr/bin:/bin")]
    public void Variables_are_those_of_the_dialect(string name, string variables, string path)
    {
        Dialect dialect = Dialect.Load(name);
        Assert.Equal(variables, string.Join(' ', dialect.Environment.Split('\n').Select(line => line[..line.IndexOf('=')])));
        Assert.Equal((path, path), (dialect.EnvironmentPath, dialect.EnvironmentRootPath));
    }
}
