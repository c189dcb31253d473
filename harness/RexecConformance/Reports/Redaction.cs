using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Reports;

/// <summary>
/// Hides passwords in what people read. In what was sent: the third field of the request, wherever segments cut it, and
/// every occurrence of a known password. In what was received: every occurrence of a known password. A hidden byte is
/// written as a star, so that lengths, which many cases are about, can still be seen.
/// </summary>
internal sealed class Redaction
{
    /// <summary>Shorter passwords are hidden by their place only: else half of a report would be stars.</summary>
    private const int Shortest = 3;

    private readonly bool _hide;
    private readonly byte[][] _known;

    private Redaction(bool hide, byte[][] known)
    {
        _hide = hide;
        _known = known;
    }

    /// <summary>Hides nothing.</summary>
    public static Redaction None { get; } = new(false, []);

    /// <summary>Hides these passwords, and those that a scenario writes out itself.</summary>
    public static Redaction Of(IEnumerable<string> passwords, Scenario? scenario = null)
    {
        IEnumerable<byte[]> written = scenario is null ? [] : scenario.Send.OfType<BytesStep>()
            .Where(step => step.Kind == "password")
            .Select(step => step.Bytes.Parts.OfType<LiteralPart>().SelectMany(part => part.Bytes).Where(b => b != 0).ToArray());
        return new Redaction(true, [.. passwords.Select(ByteText.Latin1.GetBytes).Concat(written)
            .Where(bytes => bytes.Length >= Shortest)
            .OrderByDescending(bytes => bytes.Length)]);
    }

    /// <summary>Which of all bytes sent on the primary connection are hidden.</summary>
    public bool[] Sent(byte[] sent)
    {
        bool[] mask = Seen(sent);
        if (_hide)
        {
            // port NUL username NUL password NUL: a request cut short ends inside its password.
            int user = sent.AsSpan().IndexOf((byte)0) + 1;
            int second = user == 0 ? -1 : sent.AsSpan(user).IndexOf((byte)0);
            if (second >= 0)
            {
                int start = user + second + 1;
                int length = sent.AsSpan(start).IndexOf((byte)0);
                mask.AsSpan(start, length < 0 ? sent.Length - start : length).Fill(true);
            }
        }

        return mask;
    }

    /// <summary>Which bytes that a server sent are hidden.</summary>
    public bool[] Seen(byte[] bytes)
    {
        bool[] mask = new bool[bytes.Length];
        foreach (byte[] password in _known)
        {
            for (int at = 0; bytes.AsSpan(at).IndexOf(password) is var found and >= 0; at += found + 1)
            {
                mask.AsSpan(at + found, password.Length).Fill(true);
            }
        }

        return mask;
    }

    /// <summary>Whether a known password is among these bytes.</summary>
    public bool Hides(byte[] bytes) => _known.Any(password => bytes.AsSpan().IndexOf(password) >= 0);
}
