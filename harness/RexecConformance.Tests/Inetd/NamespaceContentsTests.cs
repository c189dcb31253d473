using System.Diagnostics;
using System.Runtime.Versioning;
using RexecConformance.Accounts;
using RexecConformance.Inetd;

namespace RexecConformance.Tests.Inetd;

/// <summary>What a namespace holds beside the accounts.</summary>
[SupportedOSPlatform("linux")]
[Trait("needs", "daemon")]
[Collection(AloneCollection.Name)]
public sealed class NamespaceContentsTests : IDisposable
{
    // Below /tmp, which the namespace covers.
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rexec's namespace ");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task Folders_below_covered_ones_stay_reachable_but_read_only()
    {
        string one = Folder("one"), two = Folder("two"), within = Folder("one/within");
        Needs.Namespaces();
        await using DaemonNamespace space = await Create(new("a test", "/bin/true", AccountFile.Default) { Folders = [one, within, two, "/usr/bin"] });
        Assert.Equal("one/within two", await Run(space, $"cd '{_directory.FullName.Replace("'", "'\\''")}'; cat one/within/name; printf ' '; cat two/name"));
        Assert.Contains("Read-only", await Run(space, $"cd '{_directory.FullName.Replace("'", "'\\''")}'; touch two/more 2>&1"));
    }

    [SkippableFact]
    public async Task Files_are_for_root_alone()
    {
        Needs.Namespaces();
        await using DaemonNamespace space = await Create(
            new("a test", "/bin/true", AccountFile.Default) { Files = new Dictionary<string, string> { ["/run/some where/file"] = "it's $HOME\n" } });
        Assert.Equal("600 root\nit's $HOME\n", await Run(space, "stat -c '%a %U' '/run/some where/file'; cat '/run/some where/file'"));
        Assert.False(Directory.Exists("/run/some where"));
    }

    [SkippableFact]
    public async Task A_service_of_PAM_is_there_and_the_others_stay()
    {
        Needs.Namespaces();
        Skip.IfNot(Directory.Exists("/etc/pam.d"), "needs PAM: /etc/pam.d");
        await using DaemonNamespace space = await Create(new("a test", "/bin/true", AccountFile.Default) { Service = "rexec-test" });
        Assert.Contains("pam_unix.so nullok", await Run(space, "cat /etc/pam.d/rexec-test"));
        Assert.Equal(File.ReadAllText("/etc/pam.d/other"), await Run(space, "cat /etc/pam.d/other"));
        Assert.False(File.Exists("/etc/pam.d/rexec-test"));

        string before = File.ReadAllText("/etc/pam.d/other");
        await using DaemonNamespace replaced = await Create(new("a test", "/bin/true", AccountFile.Default) { Service = "other" });
        Assert.Contains("pam_unix.so nullok", await Run(replaced, "cat /etc/pam.d/other"));
        Assert.Equal(before, File.ReadAllText("/etc/pam.d/other"));
    }

    private static Task<DaemonNamespace> Create(NamespaceContents contents) => DaemonNamespace.CreateAsync(contents, CancellationToken.None);

    private static async Task<string> Run(DaemonNamespace space, string script)
    {
        using Process shell = Process.Start(
            new ProcessStartInfo("nsenter", ["--mount=" + space.MountPath, "--", "/bin/sh", "-c", script]) { RedirectStandardOutput = true })!;
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }

    private string Folder(string name)
    {
        string path = Directory.CreateDirectory(Path.Combine(_directory.FullName, name)).FullName;
        File.WriteAllText(Path.Combine(path, "name"), name);
        return path;
    }
}
