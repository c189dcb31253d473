using System.Text;

namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>Splits a command into words, as far as the pages need it.</summary>
internal static class ShellWords
{
    /// <summary>The words up to a redirection, a pipe, a comment or the line's end; leading assignments are left out.</summary>
    public static IReadOnlyList<string> Split(string command)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char c in command + " ")
        {
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word!.Append(c);
                }
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                word ??= new StringBuilder();
            }
            else if (char.IsWhiteSpace(c))
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                    word = null;
                }
            }
            else if (c is '>' or '|' or '<' or '&' or ';' || (c == '#' && word is null))
            {
                break;
            }
            else
            {
                word = (word ?? new StringBuilder()).Append(c);
            }
        }

        return [.. words.SkipWhile(w => w.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals && w[..equals].All(c => char.IsAsciiLetterUpper(c) || c == '_'))];
    }
}
