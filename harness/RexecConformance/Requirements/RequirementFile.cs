using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Requirements;

/// <summary>scenarios/requirements.yaml.</summary>
/// <param name="Path">The file.</param>
/// <param name="Requirements">Its requirements, in its order.</param>
/// <param name="Documents">The documents that may be quoted: name to file, below the folder of documents; <c>*</c> stands for any characters.</param>
/// <param name="OtherSystems">Systems that have requirements and no dialect.</param>
public sealed record RequirementFile(
    string Path, IReadOnlyList<Requirement> Requirements, IReadOnlyDictionary<string, string> Documents, IReadOnlyList<string> OtherSystems)
{
    /// <summary>Reports systems and documents that there are not.</summary>
    internal void Check(ScenarioTree tree, List<Problem> problems)
    {
        foreach (Requirement requirement in Requirements)
        {
            if (requirement.Systems.Count == 0)
            {
                problems.Add(new Problem(Path, requirement.Line, 1, $"the requirement '{requirement.Id}' has no systems: name those that it holds for") { Placed = true });
            }

            foreach (string system in requirement.Systems.Where(name => !tree.Dialects.ContainsKey(name) && !OtherSystems.Contains(name)))
            {
                problems.Add(new Problem(
                    Path, requirement.Line, 1, $"the requirement '{requirement.Id}' names the system '{system}', which is no dialect and not under 'systems-without-dialect'") { Placed = true });
            }

            foreach (RequirementSource source in requirement.Sources.Where(source => source.Document.Length > 0 && !Documents.ContainsKey(source.Document)))
            {
                problems.Add(new Problem(
                    Path, source.At, 1, $"there is no document '{source.Document}', expected one of: {string.Join(", ", Documents.Keys)}") { Placed = true });
            }
        }
    }
}
