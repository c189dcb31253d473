namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>A block of code of a page, fenced or indented by four.</summary>
/// <param name="Line">The line of its first line of text, from 1.</param>
/// <param name="Language">What stands behind the fence; empty for an indented block.</param>
/// <param name="Lines">Its text, without the indentation of the block.</param>
/// <param name="Directives">What the comments before it say.</param>
internal sealed record PageBlock(int Line, string Language, IReadOnlyList<string> Lines, IReadOnlyList<PageNote> Directives)
{
    /// <summary>The values of a directive.</summary>
    public IEnumerable<string> All(string name) => Directives.Where(directive => directive.Name == name).Select(directive => directive.Value);

    /// <summary>The value of a directive that may be there once; null if it is not there.</summary>
    public string? One(string name) => All(name).SingleOrDefault();
}
