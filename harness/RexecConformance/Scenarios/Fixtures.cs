using RexecConformance.Accounts;
using RexecConformance.Yaml;

namespace RexecConformance.Scenarios;

/// <summary>A file that targets are set up from, as text.</summary>
/// <param name="Name">What errors call it.</param>
/// <param name="Text">Its text.</param>
public sealed record FixtureFile(string Name, string Text);

/// <summary>
/// What the scenarios of a folder need of a target beside the suite's own accounts: <c>accounts.yaml</c> (format of
/// <c>docker/accounts.yaml</c>) and <c>commands.yaml</c> (docs/rexecd.md: scripted commands of the reference server).
/// </summary>
/// <param name="AccountFiles">The accounts files, as the reference server reads them.</param>
/// <param name="CommandFiles">The files of scripted commands, which only the reference server reads.</param>
/// <param name="Accounts">The suite's own accounts and those of the files.</param>
public sealed record Fixtures(IReadOnlyList<FixtureFile> AccountFiles, IReadOnlyList<FixtureFile> CommandFiles, AccountFile Accounts)
{
    /// <summary>Nothing but the suite's own accounts.</summary>
    public static Fixtures None { get; } = new([], [], AccountFile.Default);

    /// <summary>Reads the files of some folders; a mistake in an accounts file is a problem, those in the others are the server's to find.</summary>
    public static Fixtures Read(IEnumerable<string> folders, List<Problem> problems)
    {
        Fixtures all = None;
        foreach (string folder in folders)
        {
            all = all.With(
                Text(Path.Combine(folder, "accounts.yaml"), problems), Text(Path.Combine(folder, "commands.yaml"), problems), problems);
        }

        return all;
    }

    /// <summary>These and two files more, either of which may be absent.</summary>
    public Fixtures With(FixtureFile? accounts, FixtureFile? commands, List<Problem> problems)
    {
        AccountFile merged = Accounts;
        if (accounts is not null)
        {
            try
            {
                merged = Accounts.With(AccountFile.Parse(accounts.Text, accounts.Name));
            }
            catch (AccountFileException e)
            {
                problems.Add(Problem.Parse(e.Message));
                accounts = null;
            }
        }

        return new Fixtures(
            accounts is null ? AccountFiles : [.. AccountFiles, accounts],
            commands is null ? CommandFiles : [.. CommandFiles, commands],
            merged);
    }

    private static FixtureFile? Text(string path, List<Problem> problems)
    {
        try
        {
            return File.Exists(path) ? new FixtureFile(path, File.ReadAllText(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(path, 1, 1, $"cannot be read: {e.Message}"));
            return null;
        }
    }
}
