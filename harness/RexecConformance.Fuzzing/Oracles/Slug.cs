using System.Security.Cryptography;
using System.Text;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>A name out of any text, for files and lists.</summary>
internal static class Slug
{
    private const int Largest = 150;
    private const int HashDigits = 8;

    /// <summary>Small letters, digits and single dashes; what is too long ends in a hash, so that two names stay two.</summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            char small = char.ToLowerInvariant(c);
            if (char.IsAsciiLetterOrDigit(small))
            {
                _ = slug.Append(small);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                _ = slug.Append('-');
            }
        }

        string name = slug.ToString().Trim('-');
        return name.Length <= Largest
            ? name
            : name[..(Largest - HashDigits - 1)].TrimEnd('-') + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits];
    }
}
