using System.Globalization;
using Bogus;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>Command lines such as people type: words, paths, quotes, redirections, pipes. For servers that run nothing.</summary>
internal static class CommandLines
{
    public static string Make(Faker faker, int n)
    {
        string word = faker.Lorem.Word();
        string name = faker.Name.FirstName();
        string path = "/" + string.Join('/', faker.Lorem.Words(faker.Random.Int(1, 3)));
        string number = faker.Random.Int(0, 9999).ToString(CultureInfo.InvariantCulture);
        return (n % 12) switch
        {
            0 => $"ls -l {path}",
            1 => $"cat {path} | sort | uniq -c",
            2 => $"grep '{name}' {path}",
            3 => $"echo \"{name}\" > {path}.txt",
            4 => $"echo {word}",
            5 => $"{word} --{faker.Lorem.Word()}={number}",
            6 => $"cd {path} && make {word}",
            7 => $"find . -name \"*.{word}\" -size +{number}k",
            8 => $"rcp {faker.Internet.UserName()}@{faker.Internet.DomainName()}:{path} .",
            9 => $"{path} < {path}.in 2>&1 &",
            10 => $"X={number}; export X; {word} $X `{word}`",
            _ => $"tar cf - {path} | rsh {faker.Internet.DomainName()} 'dd of={path}.tar'",
        };
    }
}
