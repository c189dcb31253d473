using System.Text;

namespace RexecConformance.Cli.Completion;

/// <summary>A command line as bash has it, up to the cursor; bash cuts its words at colons and equals signs, this does not.</summary>
/// <param name="Words">The words without quotes, the one that is typed last.</param>
/// <param name="Quote">The quote in which the cursor stands, or NUL.</param>
internal sealed record BashLine(IReadOnlyList<string> Words, char Quote)
{
    private const string Special = " \t\\'\"`$&|;<>()*?[]#!{}";

    /// <summary>Reads a line.</summary>
    public static BashLine Read(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        bool begun = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote == '\0' && c is ' ' or '\t' && quote == '\0')
            {
                if (begun)
                {
                    words.Add(word.ToString());
                    _ = word.Clear();
                    begun = false;
                }

                continue;
            }

            begun = true;
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"' && quote == '\0')
            {
                quote = c;
            }
            else if (c == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                _ = word.Append(line[++i]);
            }
            else
            {
                _ = word.Append(c);
            }
        }

        words.Add(word.ToString());
        return new BashLine(words, quote);
    }

    /// <summary>What bash is to put in place of its own idea of the last word.</summary>
    /// <param name="candidate">The whole word.</param>
    /// <param name="breaks">COMP_WORDBREAKS.</param>
    public string Reply(string candidate, string breaks)
    {
        // Within quotes nothing is cut off and nothing is quoted again.
        if (Quote != '\0')
        {
            return candidate;
        }

        string typed = Words[^1];
        int cut = typed.LastIndexOfAny([.. breaks.Where(c => c is ':' or '=' or '@')]) + 1;
        var text = new StringBuilder();
        for (int i = 0; i < candidate.Length - cut; i++)
        {
            char c = candidate[cut + i];

            // A # begins a comment only where a word begins, a ~ before a slash is the home folder.
            bool plain = !Special.Contains(c) || (c == '#' && i + cut > 0);
            _ = plain ? text.Append(c) : text.Append('\\').Append(c);
        }

        return text.ToString();
    }
}
