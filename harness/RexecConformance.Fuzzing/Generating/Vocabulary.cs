using System.Globalization;
using System.Text;
using Bogus;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>Believable words in several languages, made once for a seed: a case only chooses among them.</summary>
internal sealed class Vocabulary
{
    private static readonly string[] s_locales = ["en", "de", "fr", "ru", "ja", "zh_CN", "tr", "ar", "pl", "el"];

    private const int OfEach = 30;

    private Vocabulary(byte[][] names, byte[][] passwords, byte[][] hosts, byte[][] commands) =>
        (UserNames, Passwords, Hosts, Commands) = (names, passwords, hosts, commands);

    /// <summary>User names, most of them ASCII; none is longer than 64 bytes.</summary>
    public byte[][] UserNames { get; }

    /// <summary>Passwords.</summary>
    public byte[][] Passwords { get; }

    /// <summary>Names and addresses of hosts.</summary>
    public byte[][] Hosts { get; }

    /// <summary>Command lines; never for a real shell.</summary>
    public byte[][] Commands { get; }

    public static Vocabulary Of(ulong seed)
    {
        // What Bogus makes of letters' cases and of numbers must not depend on the machine.
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return Make(seed);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Vocabulary Make(ulong seed)
    {
        var names = new List<string>();
        var passwords = new List<string>();
        var hosts = new List<string>();
        var commands = new List<string>();
        for (int i = 0; i < s_locales.Length; i++)
        {
            var faker = new Faker(s_locales[i]) { Random = new BogusRandomness(new Choices(seed, ulong.MaxValue - (ulong)i)) };
            for (int n = 0; n < OfEach; n++)
            {
                names.Add(UserName(faker, n));
                passwords.Add(Password(faker, n));
                hosts.Add(Host(faker, n));
                commands.Add(CommandLines.Make(faker, n));
            }
        }

        return new Vocabulary(Bytes(names), Bytes(passwords), Bytes(hosts), Bytes(commands));
    }

    private static string UserName(Faker faker, int n) => (n % 6) switch
    {
        0 => faker.Name.FirstName(),
        1 => faker.Name.LastName(),
        2 => faker.Internet.UserName().ToLowerInvariant(),
        3 => faker.Internet.Email(),
        4 => faker.Lorem.Word() + faker.Random.Int(1, 99).ToString(CultureInfo.InvariantCulture),
        _ => $"{faker.Name.FirstName()[..1]}{faker.Name.LastName()}",
    };

    private static string Password(Faker faker, int n) => (n % 4) switch
    {
        0 => faker.Random.String2(faker.Random.Int(6, 20), "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%&/()=?+*#-_.:,;<>|~"),
        1 => string.Join(' ', faker.Lorem.Words(3)),
        2 => faker.Name.LastName() + faker.Random.Int(1940, 2030).ToString(CultureInfo.InvariantCulture) + "!",
        _ => faker.Address.City() + faker.Random.Int(0, 99).ToString("00", CultureInfo.InvariantCulture),
    };

    private static string Host(Faker faker, int n) => (n % 4) switch
    {
        0 => faker.Internet.DomainName(),
        1 => faker.Internet.Ip(),
        2 => faker.Internet.Ipv6(),
        _ => $"{faker.Lorem.Word()}.{faker.Internet.DomainName()}.",
    };

    private static byte[][] Bytes(IEnumerable<string> texts) =>
        [.. texts.Select(text => Encoding.UTF8.GetBytes(text.Replace('\0', ' '))).Select(bytes => bytes.Length <= 64 ? bytes : bytes[..64]).Where(bytes => bytes.Length > 0)];
}
