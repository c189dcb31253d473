namespace RexecConformance.Cli.Completion;

/// <summary>What a word may become.</summary>
/// <param name="Text">The whole word.</param>
/// <param name="About">A few words for shells that show them, or nothing.</param>
/// <param name="Finished">False if more of the same word may follow, so that no blank is put behind it.</param>
internal sealed record Candidate(string Text, string About = "", bool Finished = true);
