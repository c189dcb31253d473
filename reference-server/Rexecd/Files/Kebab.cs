using System.Text;

namespace Rexecd;

/// <summary>The names of enum members as files and the command line write them: <c>AfterPort</c> is <c>after-port</c>.</summary>
internal static class Kebab
{
    public static string Of(Enum value)
    {
        var name = new StringBuilder();
        foreach (char c in value.ToString())
        {
            if (char.IsUpper(c) && name.Length > 0)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    public static string Choices(Type type) => string.Join(" | ", Enum.GetValues(type).Cast<Enum>().Select(Of));

    public static Enum? Parse(Type type, string text) =>
        Enum.GetValues(type).Cast<Enum>().FirstOrDefault(value => Of(value) == text);

    public static T Parse<T>(string text, string option)
        where T : struct, Enum => Parse(typeof(T), text) is T value
            ? value
            : throw new FileFormatException($"{option}: unknown value '{text}', one of {Choices(typeof(T))} expected");
}
