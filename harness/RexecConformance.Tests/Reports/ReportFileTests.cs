using System.Diagnostics;
using RexecConformance.Reports;

namespace RexecConformance.Tests.Reports;

public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_stands_there_stays_until_the_report_is_complete()
    {
        string path = Path.Combine(_folder, "out.json");
        File.WriteAllText(path, "old");
        using (var file = ReportFile.Open(path))
        {
            file.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(path));
            file.Complete();
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_report_that_is_not_complete_leaves_nothing_behind()
    {
        using (var file = ReportFile.Open(Path.Combine(_folder, "out.json")))
        {
            file.Write("half"u8);
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("missing/out.json", "its folder does not exist")]
    [InlineData(".", "it is a folder, expected a file")]
    [InlineData("new/", "it is a folder, expected a file")]
    public void An_unwritable_path_is_one_line_before_the_run(string name, string why)
    {
        string path = Path.Combine(_folder, name);
        var e = Assert.Throws<ReportException>(() => ReportFile.Open(path));
        Assert.Equal($"the report '{path}' can't be written: {why}", e.Message);
    }

    [Fact]
    public void An_empty_or_impossible_path_is_an_error_of_the_same_kind()
    {
        Assert.Throws<ReportException>(() => ReportFile.Open(""));
        Assert.Throws<ReportException>(() => ReportFile.Open("a\0b"));
    }

    [Fact]
    public void A_read_only_file_is_not_replaced()
    {
        string path = Path.Combine(_folder, "out.json");
        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        try
        {
            Assert.EndsWith("it is read-only", Assert.Throws<ReportException>(() => ReportFile.Open(path)).Message);
        }
        finally
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }

    [SkippableFact]
    public void A_symbolic_link_stays_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        string path = Path.Combine(_folder, "real");
        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, path);
        using var file = ReportFile.Open(link);
        file.Write("new"u8);
        file.Complete();
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal("new", File.ReadAllText(path));
    }

    [SkippableFact]
    public void A_full_disk_is_told()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full here");
        using var file = ReportFile.Open("/dev/full");
        var e = Assert.Throws<ReportException>(() =>
        {
            file.Write("x"u8);
            file.Complete();
        });
        Assert.StartsWith("the report '/dev/full' can't be written: ", e.Message);
        Assert.True(File.Exists("/dev/full"));
    }

    [SkippableFact]
    public async Task A_named_pipe_is_written_and_stays_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs mkfifo");
        string path = Path.Combine(_folder, "pipe");
        using (Process make = Process.Start("mkfifo", [path]))
        {
            await make.WaitForExitAsync();
        }

        using (var file = ReportFile.Open(path))
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            file.Write("new"u8);
            file.Complete();
            Assert.Equal("new", await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        }

        using (var unread = ReportFile.Open(path))
        {
            Assert.EndsWith("can't be written: Broken pipe", Assert.Throws<ReportException>(() =>
            {
                unread.Write("new"u8);
                unread.Complete();
            }).Message);
        }

        Assert.Equal([path], Directory.GetFiles(_folder));
        using var both = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        Assert.False(both.CanSeek);
    }

    [SkippableFact]
    public void Who_could_not_read_what_was_there_can_not_read_what_replaces_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has other permissions");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = Path.Combine(_folder, "out.json");
        File.WriteAllText(path, "old");
        foreach (UnixFileMode mode in new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite, (UnixFileMode)0b110_110_110 })
        {
            File.SetUnixFileMode(path, mode);
            using var file = ReportFile.Open(path);
            file.Write("new"u8);
            file.Complete();
            Assert.Equal(mode, File.GetUnixFileMode(path));
        }
    }

    [SkippableFact]
    public void A_link_and_what_it_leads_to_are_one_place()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        string path = Path.Combine(_folder, "real");
        File.CreateSymbolicLink(path + ".link", path);
        using var one = ReportFile.Open(path);
        using var other = ReportFile.Open(path + ".link");
        Assert.Equal(path, one.Place);
        Assert.Equal(path, other.Place);
    }
}
