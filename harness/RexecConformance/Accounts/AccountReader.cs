using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Accounts;

/// <summary>Turns the YAML nodes of an accounts file into accounts; anything unexpected is an error with its place.</summary>
internal sealed class AccountReader(string file)
{
    private static readonly string[] Fields =
        ["name", "password", "uid", "gid", "home", "shell", "home-exists", "account-expired", "password-expired"];

    public IReadOnlyList<Account> Read(YamlNode root)
    {
        Dictionary<string, YamlNode> top = Mapping(root, "the file", ["format", "accounts"]);
        YamlNode format = Need(top, root, "format");
        if (Text(format) != "1")
        {
            throw Error(format, $"format '{Text(format)}'", "1");
        }

        YamlNode list = Need(top, root, "accounts");
        var accounts = new List<Account>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string key, YamlNode node) in Mapping(list, "accounts", null))
        {
            Account account = ReadAccount(key, node);
            if (!names.Add(account.Name))
            {
                throw Error(node, $"a second account named '{account.Name}'", "each name once");
            }

            accounts.Add(account);
        }

        return accounts.Count > 0 ? accounts : throw Error(list, "no accounts", "at least one");
    }

    private Account ReadAccount(string key, YamlNode node)
    {
        Dictionary<string, YamlNode> fields = Mapping(node, $"account '{key}'", Fields);
        return new Account(
            key,
            Field("name", empty: false),
            Text(Need(fields, node, "password")),
            Id("uid"),
            Id("gid"),
            Field("home", empty: false, absolute: true),
            Field("shell", empty: true, absolute: true),
            Flag("home-exists", true),
            Flag("account-expired", false),
            Flag("password-expired", false));

        // What a line of /etc/passwd can hold.
        string Field(string name, bool empty, bool absolute = false)
        {
            YamlNode value = Need(fields, node, name);
            string text = Text(value);
            if (text.Length == 0)
            {
                return empty ? text : throw Error(value, $"empty {name}", "a text");
            }

            if (text.Any(c => c is ':' || char.IsControl(c)))
            {
                throw Error(value, $"{name} with a colon or a control character", "a field of /etc/passwd");
            }

            return !absolute || text[0] == '/' ? text : throw Error(value, $"{name} '{text}'", "an absolute path");
        }

        int Id(string name)
        {
            YamlNode value = Need(fields, node, name);
            return int.TryParse(Text(value), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? id
                : throw Error(value, $"{name} '{Text(value)}'", "a number from 0 to 2147483647");
        }

        bool Flag(string name, bool absent) => !fields.TryGetValue(name, out YamlNode? value) ? absent : Text(value) switch
        {
            "true" => true,
            "false" => false,
            string other => throw Error(value, $"{name} '{other}'", "true or false"),
        };
    }

    private Dictionary<string, YamlNode> Mapping(YamlNode node, string what, string[]? known)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw Error(node, $"{what} is not a mapping", "key: value");
        }

        var values = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach ((YamlNode keyNode, YamlNode value) in mapping.Children)
        {
            string key = Text(keyNode);
            if (known is not null && !known.Contains(key))
            {
                throw Error(keyNode, $"unknown key '{key}'", "one of " + string.Join(", ", known));
            }

            values.Add(key, value);
        }

        return values;
    }

    private YamlNode Need(Dictionary<string, YamlNode> fields, YamlNode owner, string name) =>
        fields.TryGetValue(name, out YamlNode? value) ? value : throw Error(owner, $"'{name}' is missing", $"{name}: value");

    // An unquoted nothing (`password:`) is no text: "" must be written out, as a password of none is a decision.
    private string Text(YamlNode node) => node is YamlScalarNode { Value: { } value } scalar
        && (scalar.Style != ScalarStyle.Plain || value is not ("" or "~" or "null"))
            ? value
            : throw Error(node, node is YamlScalarNode ? "nothing" : "a collection", "a text");

    private AccountFileException Error(YamlNode node, string what, string expected) =>
        new($"{file}:{node.Start.Line}:{node.Start.Column}: {what}, expected {expected}");
}
