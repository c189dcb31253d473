using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Across;

/// <summary>Reads <c>across.txt</c>: for each pair of dialects, what goes red when a server of one is judged by the other.</summary>
internal static class AcrossTable
{
    private static readonly Lock s_writing = new();

    /// <summary>
    /// Pairs of a served and a judging dialect. All that are tested on their own with each other, and each of the others with its
    /// relative, both ways: 96 pairs. All 756 would take a quarter of an hour and say of most what the relative says.
    /// </summary>
    public static IEnumerable<(string Served, string Judged)> Pairs
    {
        get
        {
            string[] alone = [.. Suite.Tree.Dialects.Keys.Where(name => Families.RelativeOf(name) is null)];
            foreach (string one in alone)
            {
                foreach (string other in alone.Where(name => name != one))
                {
                    yield return (one, other);
                }
            }

            foreach (string one in Suite.Tree.Dialects.Keys.Except(alone))
            {
                yield return (one, Families.RelativeOf(one)!);
                yield return (Families.RelativeOf(one)!, one);
            }
        }
    }

    /// <summary>Lines <c>SERVED judged as JUDGED: N: ID ID...</c>; a hash begins a comment.</summary>
    public static IReadOnlyDictionary<(string Served, string Judged), IReadOnlyList<string>> Read() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Across", "across.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(Parse)
        .ToDictionary(row => (row.Served, row.Judged), row => row.Ids);

    /// <summary>Appends a line to the file that the environment variable REXEC_WRITE_ACROSS names, to make the table anew; read the difference before it is committed.</summary>
    public static void WriteIfAsked(string line)
    {
        if (Environment.GetEnvironmentVariable("REXEC_WRITE_ACROSS") is { Length: > 0 } file)
        {
            lock (s_writing)
            {
                File.AppendAllText(file, line + "\n");
            }
        }
    }

    /// <summary>One line of the table.</summary>
    public static string Line(string served, string judged, IReadOnlyCollection<string> ids) =>
        $"{served} judged as {judged}: {ids.Count}: {string.Join(' ', ids)}".TrimEnd();

    private static (string Served, string Judged, IReadOnlyList<string> Ids) Parse(string line)
    {
        string[] parts = line.Split(':');
        string[] pair = parts[0].Split(" judged as ");
        string[] ids = parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(int.Parse(parts[1]), ids.Length);
        return (pair[0], pair[1], ids);
    }
}
