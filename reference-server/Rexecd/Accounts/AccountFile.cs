using System.Text;
using YamlDotNet.RepresentationModel;

namespace Rexecd;

/// <summary>The accounts that a server knows.</summary>
public sealed class AccountFile
{
    private readonly Dictionary<string, Account> _byName = [];

    private AccountFile(YamlFile file)
    {
        foreach ((YamlNode keyNode, YamlNode node) in file.Root.Children)
        {
            switch (file.Scalar(keyNode, "key").Value)
            {
                case "format":
                    file.CheckFormat(node);
                    break;
                case "accounts":
                    ReadAccounts(file, file.Mapping(node, "accounts"));
                    break;
                default:
                    throw file.Error(keyNode, $"unknown key '{keyNode}', format or accounts expected");
            }
        }
    }

    /// <summary>The test accounts that are built in.</summary>
    public static AccountFile Default { get; } = new(YamlFile.ReadEmbedded("accounts.yaml"));

    /// <summary>Every account.</summary>
    public IReadOnlyCollection<Account> All => _byName.Values;

    /// <summary>Reads an accounts file.</summary>
    /// <exception cref="FileFormatException">Unreadable, or an unknown key or value; the message has the position.</exception>
    public static AccountFile Load(string path) => new(YamlFile.Read(path));

    /// <summary>These accounts and those of a text in the format of the files; one of them takes the place of a namesake, or of one with its key.</summary>
    /// <param name="name">What errors call the text.</param>
    /// <param name="text">YAML.</param>
    /// <exception cref="FileFormatException">As for <see cref="Load"/>.</exception>
    public AccountFile With(string name, string text)
    {
        AccountFile all = Parse(name, text);
        foreach (Account account in All.Where(account => all.All.All(other => other.Key != account.Key)))
        {
            _ = all._byName.TryAdd(ByteText.Text(Encoding.UTF8.GetBytes(account.Name)), account);
        }

        return all;
    }

    internal static AccountFile Parse(string name, string text) => new(YamlFile.Parse(name, text));

    /// <summary>The account of a user name as it came over the wire, or null. Names are compared as bytes.</summary>
    internal Account? Find(ReadOnlySpan<byte> name, NameCase nameCase = NameCase.Distinct)
    {
        if (_byName.TryGetValue(ByteText.Text(name), out Account? exact) || nameCase == NameCase.Distinct)
        {
            return exact;
        }

        byte[] lower = ByteText.LowerCase(name);
        return All.FirstOrDefault(account => ByteText.LowerCase(Encoding.UTF8.GetBytes(account.Name)).AsSpan().SequenceEqual(lower));
    }

    private void ReadAccounts(YamlFile file, YamlMappingNode accounts)
    {
        foreach ((YamlNode keyNode, YamlNode node) in accounts.Children)
        {
            string key = file.Scalar(keyNode, "account").Value ?? "";
            Account account = new AccountReader(file, key, file.Mapping(node, key)).Read();
            if (!_byName.TryAdd(ByteText.Text(Encoding.UTF8.GetBytes(account.Name)), account))
            {
                throw file.Error(keyNode, $"{key}: a second account named '{account.Name}'");
            }
        }
    }
}
