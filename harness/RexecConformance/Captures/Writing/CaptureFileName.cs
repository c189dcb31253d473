using System.Security.Cryptography;
using System.Text;

namespace RexecConformance.Captures.Writing;

/// <summary>Names of capture files: safe on every file system, and never the same for two cases.</summary>
internal static class CaptureFileName
{
    /// <summary>Most bytes of a name; file systems have 255, and a temporary name is longer.</summary>
    public const int Largest = 200;

    private const string Extension = ".pcapng";
    private const int HashDigits = 8;

    /// <summary><c>TARGET_ID_VARIANT_HASH.pcapng</c> in small letters, digits, dots and dashes; the hash is that of the exact texts.</summary>
    /// <param name="target">The target as written.</param>
    /// <param name="dialect">What it is judged by: part of the hash only.</param>
    /// <param name="id">The scenario.</param>
    /// <param name="variant">Its segmentation.</param>
    public static string Of(string target, string dialect, string id, string variant)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', target, dialect, id, variant)));
        string end = "_" + Convert.ToHexStringLower(hash)[..HashDigits] + Extension;
        int room = Largest - end.Length - 2;

        // The id is what people look for; a target's name can be a whole command line.
        string slug = Slug(id, room);
        string cut = Slug(variant, (room - slug.Length) / 2);
        return $"{Slug(target, room - slug.Length - cut.Length)}_{slug}_{cut}{end}";
    }

    private static string Slug(string text, int largest)
    {
        var slug = new StringBuilder();
        foreach (char c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '.')
            {
                _ = slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                _ = slug.Append('-');
            }
        }

        // A name must not begin with a dot: it would be hidden.
        string trimmed = slug.ToString().Trim('-', '.');
        return trimmed.Length > largest ? trimmed[..Math.Max(0, largest)] : trimmed;
    }
}
