using System.Net;
using System.Text;

namespace RexecConformance.Captures.Importing;

/// <summary>
/// Puts test text of the same length in the place of user names, passwords and the addresses of the two hosts, the same text
/// for the same secret in all conversations of a file.
/// </summary>
/// <remarks>
/// Names and passwords of fewer than three bytes are replaced in their own fields only: elsewhere the same bytes are rarely they, and half of all
/// output would be replaced.
/// </remarks>
internal sealed class Secrets
{
    private const int Shortest = 3;

    private readonly List<(byte[] Secret, byte[] Instead)> _all = [];

    private Secrets()
    {
    }

    /// <summary>Nothing is secret.</summary>
    public static Secrets None { get; } = new();

    /// <summary>The secrets of these conversations.</summary>
    public static Secrets Of(IEnumerable<Conversation> conversations)
    {
        var secrets = new Secrets();
        foreach (Conversation one in conversations)
        {
            secrets.Add(one.Request.UserName.Bytes, 'u');
            secrets.Add(one.Request.Password.Bytes, 'p');
            secrets.AddHost(one.Client.Host.ToString());
            secrets.AddHost(one.Server.Host.ToString());
        }

        // A secret that is part of another must not be found in it first.
        secrets._all.Sort((a, b) => b.Secret.Length.CompareTo(a.Secret.Length));
        return secrets;
    }

    /// <summary>A user name or password as a whole.</summary>
    public byte[] Field(ReadOnlySpan<byte> field)
    {
        foreach ((byte[] secret, byte[] instead) in _all)
        {
            if (field.SequenceEqual(secret))
            {
                return instead;
            }
        }

        return Within(field);
    }

    /// <summary>Other bytes, with all secrets of three bytes or more in them replaced.</summary>
    public byte[] Within(ReadOnlySpan<byte> bytes)
    {
        byte[] result = bytes.ToArray();
        bool[] done = new bool[result.Length];
        foreach ((byte[] secret, byte[] instead) in _all.Where(one => one.Secret.Length >= Shortest))
        {
            for (int at = 0; at + secret.Length <= bytes.Length; at++)
            {
                int found = bytes[at..].IndexOf(secret);
                if (found < 0)
                {
                    break;
                }

                at += found;
                if (!done.AsSpan(at, secret.Length).Contains(true))
                {
                    instead.CopyTo(result, at);
                    done.AsSpan(at, secret.Length).Fill(true);
                }
            }
        }

        return result;
    }

    /// <summary>A text for people.</summary>
    public string Within(string text) => _all.Count == 0 ? text : Encoding.UTF8.GetString(Within(Encoding.UTF8.GetBytes(text)));

    private void Add(ReadOnlyMemory<byte> secret, char letter)
    {
        if (!secret.IsEmpty && !_all.Exists(one => secret.Span.SequenceEqual(one.Secret)))
        {
            _all.Add((secret.ToArray(), Instead(secret.Length, letter)));
        }
    }

    private void AddHost(string address)
    {
        byte[] secret = Encoding.ASCII.GetBytes(address);
        // Loopback is everybody's address.
        if (IPAddress.TryParse(address, out IPAddress? parsed) && !IPAddress.IsLoopback(parsed) && !_all.Exists(one => one.Secret.AsSpan().SequenceEqual(secret)))
        {
            _all.Add((secret, [.. secret.Select(b => char.IsAsciiHexDigit((char)b) ? (byte)'0' : b)]));
        }
    }

    // uuuuuu, uuuuub, uuuuuc...: the first of the length that is nobody's text and no one's stand-in yet.
    private byte[] Instead(int length, char letter)
    {
        for (int number = 0; ; number++)
        {
            char[] text = new string(letter, length).ToCharArray();
            int rest = number;
            for (int at = length - 1; at >= 0 && rest > 0; at--, rest /= 26)
            {
                text[at] = (char)('a' + ((letter - 'a' + rest) % 26));
            }

            byte[] bytes = Encoding.ASCII.GetBytes(text);
            if (rest > 0 || !_all.Exists(one => one.Instead.AsSpan().SequenceEqual(bytes) || one.Secret.AsSpan().SequenceEqual(bytes)))
            {
                return bytes;
            }
        }
    }
}
