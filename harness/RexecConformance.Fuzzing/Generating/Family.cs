namespace RexecConformance.Fuzzing.Generating;

/// <summary>A kind of idea behind cases.</summary>
/// <param name="Name">Its slug.</param>
/// <param name="Share">How many of 10,000 cases are of it.</param>
/// <param name="About">One line for people.</param>
/// <param name="Make">Fills a draft.</param>
internal sealed record Family(string Name, int Share, string About, Action<Draft> Make);
