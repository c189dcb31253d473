using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Showing;

namespace RexecConformance.Tests.Captures.Showing;

public sealed class TableTests
{
    [Theory]
    [InlineData("glibc-aux-out-err", """
        #      time  client           server         aux       status  primary      aux ends     C>S  S>C  likely              user       command
        1  0.000000  127.0.0.1:46484  127.0.0.1:512  47803 ok  0       S:fin C:fin  S:fin C:fin   57    9  bsd44|debian|mks+2  "rxalice"  "echo out; echo err >&2; ex...
        """)]
    [InlineData("glibc-bad-password", """
        #      time  client           server         aux   status  primary      aux ends  C>S  S>C  likely  user       command
        1  0.000000  127.0.0.1:51354  127.0.0.1:512  none  silent  S:fin C:fin  -          31    0  debian  "rxalice"  "echo hello"
        """)]
    [InlineData("glibc-user-too-long", """
        #      time  client           server         aux   status                 primary      aux ends  C>S  S>C  likely          user                 command
        1  0.000000  127.0.0.1:39886  127.0.0.1:512  none  1 "username too long"  C:fin S:rst  -          42   19  bsd44|debian+2  "rxalice1234567890"  "echo hello"
        """)]
    [InlineData("commonsnet-aux-out-err", """
        #      time  client           server         aux       status  primary      aux ends     C>S  S>C  likely              user       command
        1  0.000000  127.0.0.1:55178  127.0.0.1:512  39639 ok  0       S:fin C:fin  S:fin C:fin   49    9  bsd44|debian|mks+2  "rxalice"  "echo out; echo err >&2"
        """)]
    public void CommittedCapture(string slug, string expected)
    {
        var (table, talk) = Shown.Table(File.ReadAllBytes(CaptureFiles.Committed(slug)));
        Assert.Equal(expected + "\n", table);
        Assert.Empty(talk);
    }

    [Fact]
    public void RowsFit160ColumnsAndHostileBytesAreEscaped()
    {
        var hostile = "\0\u001b[31mroot\u0007\0\u009bpw1\0" + new string('x', 300) + "\u001b]0;title\u0007\0";
        var (table, _) = Shown.Table(new PcapBuilder().Handshake().FromClient(1, 1, hostile).ToArray());
        Assert.All(table.Split('\n'), row => Assert.InRange(row.Length, 0, 160));
        Assert.DoesNotContain(table.Replace("\n", ""), c => char.IsControl(c));
        Assert.Contains("\"\\x1b[31mroot\\x07\"", table);
    }

    [Fact]
    public void WarningsOfAConversationGoBesideTheTable()
    {
        var (table, talk) = Shown.Table(new PcapBuilder().Handshake().FromClient(1, 1, "\0u\0p\0c\0").ToArray());
        Assert.DoesNotContain("warning", table);
        Assert.Equal(["conversation 1: warning: the file shows no end of the primary connection"], talk);
    }

    [Fact]
    public void ManyRowsAreWrittenAsTheyCome()
    {
        var builder = new PcapBuilder();
        for (var i = 0; i < 200; i++)
        {
            builder.Handshake(fromPort: 1100 + i).Tcp(PcapBuilder.Client, 1100 + i, 512, 1, 1, TcpFlags.Ack, "\0user\0pw\0true\0")
                .Tcp(PcapBuilder.Server, 512, 1100 + i, 1, 15, TcpFlags.Ack, i == 199 ? "\u0001a diagnostic that is long\n" : "\0")
                .Tcp(PcapBuilder.Server, 512, 1100 + i, 2, 15, TcpFlags.Ack | TcpFlags.Rst);
        }

        var rows = Shown.Table(builder.ToArray()).Table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(201, rows.Length);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"{i}"), rows.Skip(1).Select(row => row.Trim().Split(' ')[0]));
        // The number's third digit comes after the widths were set, and moves the rest by one.
        Assert.Single(rows[1..100].Select(row => row.IndexOf("\"user\"", StringComparison.Ordinal)).Distinct());
        Assert.Single(rows[100..200].Select(row => row.IndexOf("\"user\"", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void UserNameAndCommandCanBeHidden()
    {
        var (table, _) = Shown.Table(
            File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err")), new ShowOptions { UserNames = false, Commands = false });
        Assert.Contains("\"*******\"  \"**************", table);
    }
}
