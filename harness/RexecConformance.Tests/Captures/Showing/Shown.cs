using System.Text.Json;
using RexecConformance.Captures;
using RexecConformance.Captures.Guessing;
using RexecConformance.Captures.Showing;
using RexecConformance.Dialects;

namespace RexecConformance.Tests.Captures.Showing;

/// <summary>What <c>capture show</c> prints, without the command.</summary>
internal static class Shown
{
    // Named, so that a further dialect does not change what the tests expect.
    private static readonly string[] s_names = ["bsd44", "debian", "illumos", "inetutils", "interix", "mks", "sco", "solaris"];

    public static IReadOnlyList<Dialect> AllDialects { get; } = ReadDialects();

    public static IReadOnlyList<Dialect> Dialects { get; } = [.. AllDialects.Where(dialect => s_names.Contains(dialect.Name))];

    public static (string Table, IReadOnlyList<string> Talk) Table(byte[] capture, ShowOptions? options = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var talk = new List<string>();
        Print(capture, options, _ => new TablePrinter(output, talk.Add));
        return (output.ToString(), talk);
    }

    public static string Dialogue(byte[] capture, ShowOptions? options = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Print(capture, options, _ => new DialoguePrinter(output));
        return output.ToString();
    }

    public static string Json(byte[] capture, ShowOptions? options = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Print(capture, options, format => new JsonPrinter(output, "test", format));
        return output.ToString();
    }

    /// <summary>The <c>conversation</c> records.</summary>
    public static IReadOnlyList<JsonElement> Conversations(byte[] capture, ShowOptions? options = null) =>
    [
        .. Json(capture, options).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(record => record.GetProperty("record").GetString() == "conversation"),
    ];

    private static void Print(byte[] capture, ShowOptions? options, Func<string, IConversationPrinter> create)
    {
        using var reader = CaptureReader.Open(new MemoryStream(capture));
        var printer = create(reader.Format);
        var feed = new ConversationFeed(reader, null, Dialects, options ?? new ShowOptions());
        feed.Run(printer.Add, CancellationToken.None);
        printer.Complete(feed.Warnings, reader.Fault, feed.Connections);
    }

    private static IReadOnlyList<Dialect> ReadDialects()
    {
        var (dialects, problems) = DialectFiles.Read(Path.Combine(CaptureFiles.Repository, "scenarios"));
        Assert.Empty(problems);
        return dialects;
    }
}
