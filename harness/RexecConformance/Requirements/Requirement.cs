namespace RexecConformance.Requirements;

/// <summary>One thing that a document or a daemon says, in the suite's own words (scenarios/requirements.yaml).</summary>
/// <param name="Id">What scenarios name in <c>requires</c>.</param>
/// <param name="Says">The demand, in own words.</param>
/// <param name="Level">must, should, may or info.</param>
/// <param name="Systems">The systems that it holds for.</param>
/// <param name="Sources">Where it is said.</param>
/// <param name="NotTested">Why no scenario can prove it, or null if scenarios do.</param>
/// <param name="File">The file that it stands in.</param>
/// <param name="Line">Its line there.</param>
public sealed record Requirement(
    string Id,
    string Says,
    string Level,
    IReadOnlyList<string> Systems,
    IReadOnlyList<RequirementSource> Sources,
    string? NotTested,
    string File,
    long Line)
{
    /// <summary>Systems for which no scenario can prove it, with the reason; scenarios prove it for the others.</summary>
    public IReadOnlyDictionary<string, string> NotTestedFor { get; init; } = new Dictionary<string, string>();
}

/// <summary>A place in a document.</summary>
/// <param name="Document">For example <c>seed 001</c> or <c>facts</c>.</param>
/// <param name="FirstLine">Its first line, from 1; 0 where the document has sections.</param>
/// <param name="LastLine">Its last line.</param>
/// <param name="Section">Its section, or null where the document has only lines.</param>
/// <param name="Quote">A short quotation, word for word.</param>
/// <param name="At">The line of this entry in the requirements file.</param>
public sealed record RequirementSource(string Document, int FirstLine, int LastLine, string? Section, string Quote, long At)
{
    /// <summary>The place in words.</summary>
    public string Place => Section is not null ? "section " + Section : FirstLine == LastLine ? $"line {FirstLine}" : $"line {FirstLine}-{LastLine}";
}
