using System.Text.RegularExpressions;
using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Authoring;

/// <summary>Makes a scenario of what a person typed.</summary>
public static partial class DraftScenario
{
    /// <summary>The note of an expectation for which nobody is named.</summary>
    public const string Unnamed = "said by the author of this scenario, who names no document and no daemon";

    /// <summary>The scenario; without an expectation it is undecided.</summary>
    /// <param name="draft">What was typed.</param>
    /// <param name="tree">Its dialects, requirements, scenarios and accounts.</param>
    /// <param name="ids">All ids that are taken, each with its file.</param>
    /// <param name="file">Where it will be.</param>
    /// <exception cref="DraftException">It makes no scenario.</exception>
    public static Scenario Of(Draft draft, ScenarioTree tree, IReadOnlyDictionary<string, string> ids, string file)
    {
        if (!Slug().IsMatch(draft.Id))
        {
            throw new DraftException($"ID is '{draft.Id}', expected lower case letters, digits and single hyphens");
        }

        if (ids.TryGetValue(draft.Id, out string? taken) && Path.GetFullPath(taken) != Path.GetFullPath(file))
        {
            throw new DraftException($"the id '{draft.Id}' is that of {taken}: ids are never reused, name another");
        }

        if (draft.Title is { } title && (title.Trim().Length == 0 || PlainText.OneLine(title) != title))
        {
            throw new DraftException($"--title is '{title}', expected one line of text");
        }

        Known("--requires", "requirement", draft.Requires, [.. tree.Requirements.Keys]);
        string[] beside = [.. tree.Scenarios.Select(scenario => scenario.Id)];
        if (draft.DependsOn.FirstOrDefault(id => ids.ContainsKey(id) && !beside.Contains(id)) is { } far)
        {
            throw new DraftException($"--depends-on: '{far}' is a scenario of the suite: one can depend only on others of its own folder");
        }

        Known("--depends-on", "scenario", draft.DependsOn, beside);
        foreach ((string option, string word) in draft.Tags.Select(tag => ("--tag", tag)).Concat(draft.Needs.Select(need => ("--needs", need))).Where(pair => !Slug().IsMatch(pair.Item2)))
        {
            throw new DraftException($"{option} is '{word}', expected lower case letters, digits and single hyphens");
        }

        var request = new DraftRequest(draft, tree.Fixtures.Accounts);
        IReadOnlyList<SendStep> steps = request.Steps();
        bool asksForAux = steps.OfType<BytesStep>().Any(step => step.Bytes.UsesAuxPort);
        Alternative[] expect =
        [
            .. draft.ExpectOf.Select(text => DraftExpectation.ReadOf(text, draft, asksForAux, tree.Dialects.Keys)),
            .. draft.Expect.Select(text => DraftExpectation.Read("--expect", text, draft, asksForAux)).OrderByDescending(alternative => alternative.When.Count > 0),
        ];
        if (expect.Length == 0 && (draft.End ?? draft.Stderr ?? draft.ExpectAux ?? draft.Basis) is not null)
        {
            throw new DraftException($"--end, --stderr, --expect-aux and --basis go with an expectation: --expect, one of: {DraftExpectation.Forms}");
        }

        return new Scenario
        {
            Id = draft.Id,
            Title = draft.Title ?? char.ToUpperInvariant(draft.Id[0]) + draft.Id[1..].Replace('-', ' '),
            Level = draft.Level ?? Level.Info,
            Requires = draft.Requires,
            Tags = draft.Tags,
            DependsOn = draft.DependsOn,
            Needs = draft.Needs,
            Aux = request.Aux(steps),
            Send = steps,
            Fragments = request.Fragments(),
            Undecided = expect.Length == 0,
            Expect = expect,
            Basis = Basis(draft, expect),
            Notes = string.IsNullOrWhiteSpace(draft.Notes) ? null : draft.Notes,
            File = file,
        };
    }

    private static IReadOnlyList<ScenarioBasis> Basis(Draft draft, Alternative[] expect)
    {
        Basis? named = draft.Basis is { } text ? Named(text) : null;
        var basis = new Basis(BasisKind.Inferred, ScenarioBasis.OwnSource, null, Unnamed);
        IEnumerable<string> dialects = expect.SelectMany(alternative => alternative.When).Where(one => one.Property == Condition.DialectName).SelectMany(one => one.Values).Distinct();
        bool general = expect.Any(alternative => alternative.When.All(one => one.Property != Condition.DialectName) && (draft.Requires.Count == 0 || States(alternative)));
        return [.. dialects.Select(name => new ScenarioBasis(name, named ?? basis)), .. general ? [new ScenarioBasis(null, named ?? basis)] : Array.Empty<ScenarioBasis>()];
    }

    // What is accepted or refused follows from the dialects, which have a basis of their own.
    private static bool States(Alternative alternative) => alternative is { Accepted: null, Refused: null };

    private static Basis Named(string text)
    {
        Match match = Evidence().Match(text);
        return match.Success && Enum.TryParse(match.Groups["kind"].Value, ignoreCase: true, out BasisKind kind) && Enum.IsDefined(kind)
            ? kind == BasisKind.Inferred
                ? new Basis(kind, ScenarioBasis.OwnSource, null, $"{match.Groups["source"].Value}, {match.Groups["place"].Value}")
                : new Basis(kind, match.Groups["source"].Value, match.Groups["place"].Value, null)
            : throw new DraftException($"--basis is '{text}', expected 'KIND: SOURCE, PLACE' with documented, source, observed or inferred, for example 'observed: rsh-server 0.17-24, 2026-11-21'");
    }

    private static void Known(string option, string what, IReadOnlyList<string> wanted, string[] known)
    {
        if (wanted.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
        {
            throw new DraftException($"{option}: there is no {what} '{unknown}'{Nearest.Remark(unknown, known)}");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A(?<kind>[a-z]+):\s*(?<source>\S.*),\s*(?<place>[^,]*\S)\s*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Evidence();
}
