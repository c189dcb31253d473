using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace RexecConformance.Reports.Html;

/// <summary>Puts the parts of the page together. Nothing of the results is in it but escaped text and base64.</summary>
internal static partial class HtmlPage
{
    /// <summary>In the order in which they build on each other.</summary>
    private static readonly string[] s_scripts =
        ["dom", "bytes", "data", "state", "rows", "matrix", "filters", "compare", "diagram", "events", "case", "keys", "main"];

    private static readonly string[] s_styles = ["page", "matrix", "case", "print"];

    /// <summary>The script, all files of it in one function so that none of its names is a global one.</summary>
    public static string Script { get; } = "\n\"use strict\";\n(() => {\n" + string.Concat(s_scripts.Select(name => Resource(name + ".js"))) + "})();\n";

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = "\n" + string.Concat(s_styles.Select(name => Resource(name + ".css")));

    /// <summary>
    /// Nothing is loaded, nothing is sent, only this script and this style are used, and the browser refuses to make markup
    /// or script of text.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src '{Hash(Script)}'; style-src '{Hash(Style)}'; base-uri 'none'; form-action 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="title">Its title, as text.</param>
    /// <param name="summary">What can be read before the script runs, as markup.</param>
    /// <param name="data">The results, in base64.</param>
    public static void Write(Stream output, string title, string summary, string data)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);

        // The template is split once: what is put into it is not looked at again.
        foreach (string part in Place().Split(Resource("report.html")))
        {
            writer.Write(part switch
            {
                "{{policy}}" => WebUtility.HtmlEncode(Policy),
                "{{title}}" => WebUtility.HtmlEncode(title),
                "{{style}}" => Style,
                "{{summary}}" => summary,
                "{{data}}" => data,
                "{{script}}" => Script,
                _ => part,
            });
        }
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("html/" + name)
            ?? throw new InvalidOperationException($"the part '{name}' of the HTML report is not in the program");
        using var reader = new StreamReader(stream);

        // Browsers count a line end as one character, and the hash must be of what they see.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"(\{\{\w+\}\})")]
    private static partial Regex Place();
}
