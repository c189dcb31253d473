using System.Globalization;
using Posix;
using YamlDotNet.RepresentationModel;

namespace Rexecd;

/// <summary>Reads one account of an accounts file.</summary>
internal sealed class AccountReader
{
    private static readonly string[] Known =
    [
        "name", "password", "hash", "uid", "gid", "home", "shell", "home-exists", "account-expired", "password-expired",
    ];

    private readonly YamlFile _file;
    private readonly string _key;
    private readonly YamlMappingNode _node;
    private readonly Dictionary<string, YamlScalarNode> _fields = [];

    public AccountReader(YamlFile file, string key, YamlMappingNode node)
    {
        _file = file;
        _key = key;
        _node = node;
        foreach ((YamlNode nameNode, YamlNode value) in node.Children)
        {
            string name = file.Scalar(nameNode, key).Value ?? "";
            if (!Known.Contains(name))
            {
                throw file.Error(nameNode, $"{key}: unknown field '{name}', one of {string.Join(", ", Known)} expected");
            }

            _fields.Add(name, file.Scalar(value, $"{key}.{name}"));
        }
    }

    public Account Read() => new()
    {
        Key = _key,
        Name = Text("name"),
        Password = Password(),
        Uid = Number("uid"),
        Gid = Number("gid"),
        Home = Text("home"),
        Shell = Text("shell"),
        HomeExists = Flag("home-exists", true),
        AccountExpired = Flag("account-expired", false),
        PasswordExpired = Flag("password-expired", false),
    };

    private StoredPassword Password()
    {
        if (!_fields.TryGetValue("hash", out YamlScalarNode? field))
        {
            return StoredPassword.OfClear(Text("password"));
        }

        if (_fields.ContainsKey("password"))
        {
            throw _file.Error(field, $"{_key}: a password or its hash expected, not both");
        }

        string hash = Text("hash");
        if (hash.Length > 0 && !Crypt.IsPresent)
        {
            throw _file.Error(field, $"{_key}.hash: libcrypt.so.1 is missing, so hashes can't be checked: install it (Debian: libcrypt1), or use a password");
        }

        return StoredPassword.OfHash(hash) ?? throw _file.Error(field, $"{_key}.hash: not a hash that this system's crypt(3) makes");
    }

    private YamlScalarNode Field(string name) =>
        _fields.GetValueOrDefault(name) ?? throw _file.Error(_node, $"{_key}: field '{name}' is missing");

    private string Text(string name)
    {
        YamlScalarNode field = Field(name);
        string value = field.Value ?? "";
        return value.Contains('\0') ? throw _file.Error(field, $"{_key}.{name}: a NUL cannot be sent") : value;
    }

    private int Number(string name)
    {
        YamlScalarNode field = Field(name);
        return int.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw _file.Error(field, $"{_key}.{name}: '{field.Value}' is not a number");
    }

    private bool Flag(string name, bool otherwise) => !_fields.TryGetValue(name, out YamlScalarNode? field)
        ? otherwise
        : field.Value switch
        {
            "true" => true,
            "false" => false,
            _ => throw _file.Error(field, $"{_key}.{name}: '{field.Value}' is not valid, true or false expected"),
        };
}
