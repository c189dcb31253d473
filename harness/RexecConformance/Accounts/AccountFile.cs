using System.Diagnostics.CodeAnalysis;
using RexecConformance.Yaml;

namespace RexecConformance.Accounts;

/// <summary>The accounts of a target, in the order of their file (format of <c>docker/accounts.yaml</c>, version 1).</summary>
/// <remarks>The reference server reads the same format with a reader of its own: the two share no code on purpose.</remarks>
public sealed class AccountFile
{
    private static readonly Lazy<AccountFile> Embedded = new(LoadEmbedded);
    private readonly Dictionary<string, Account> _byKey;

    private AccountFile(IReadOnlyList<Account> accounts)
    {
        Accounts = accounts;
        _byKey = accounts.ToDictionary(account => account.Key, StringComparer.Ordinal);
    }

    /// <summary>The suite's own accounts (<c>docker/accounts.yaml</c>, embedded).</summary>
    public static AccountFile Default => Embedded.Value;

    /// <summary>Accounts that come from elsewhere (a target file); the keys must differ.</summary>
    public static AccountFile Of(IReadOnlyList<Account> accounts) => new(accounts);

    /// <summary>These accounts and others; one of the others takes the place of a namesake, or of one with its key.</summary>
    public AccountFile With(AccountFile others) => new(
    [
        .. Accounts.Where(account => others.Accounts.All(other => other.Key != account.Key && other.Name != account.Name)),
        .. others.Accounts,
    ]);

    /// <summary>All accounts, in the order of the file.</summary>
    public IReadOnlyList<Account> Accounts { get; }

    /// <summary>The account of a key.</summary>
    /// <exception cref="KeyNotFoundException">No account has this key.</exception>
    public Account this[string key] =>
        _byKey.TryGetValue(key, out Account? account) ? account : throw new KeyNotFoundException($"no account '{key}' in the accounts file");

    /// <summary>Looks an account up by its key.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out Account? account) => _byKey.TryGetValue(key, out account);

    /// <summary>Reads an accounts file.</summary>
    /// <exception cref="AccountFileException">The file is not a valid accounts file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AccountFile Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads the text of an accounts file; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="AccountFileException">The text is not a valid accounts file.</exception>
    public static AccountFile Parse(string text, string name)
    {
        var problems = new List<Problem>();
        return SourceFile.Parse(name, text, problems).Root is { } root
            ? new AccountFile(new AccountReader(name).Read(root))
            : throw new AccountFileException(problems[0].ToString().ReplaceLineEndings(" "));
    }

    private static AccountFile LoadEmbedded()
    {
        using Stream stream = typeof(AccountFile).Assembly.GetManifestResourceStream("accounts.yaml")
            ?? throw new InvalidOperationException("the resource accounts.yaml is missing from this build");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "accounts.yaml");
    }
}
