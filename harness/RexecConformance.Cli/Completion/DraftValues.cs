using RexecConformance.Authoring;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Completion;

/// <summary>The values of the options of <c>new</c>.</summary>
internal static class DraftValues
{
    private const string Refused = "refused=";

    /// <summary>The candidates for a word, or null for an option that has no values of its own.</summary>
    public static IEnumerable<Candidate>? Of(string option, string word, CommandWords place) => option switch
    {
        "--user" or "--password" => Installed.Accounts,
        "--command" => Shell.Operations.Select(operation => new Candidate(operation)),
        "--aux" => DraftRequest.Modes.Select(mode => mode == "accept-late" ? new Candidate(mode + "=", Finished: false) : new Candidate(mode)),
        "--fragments" => [new("whole"), new("per-field"), new("per-byte"), new("split-", Finished: false), new("after-", Finished: false)],
        "--end" => [new("fin"), new("rst"), new("closed"), new("unread"), new("open"), new("open=", Finished: false)],
        "--depends-on" => ScenarioNames.Ids(place),
        "--expect" when word.StartsWith(Refused, StringComparison.Ordinal) => PropertyCatalogue.Causes.Select(cause => new Candidate(Refused + cause)),
        "--expect" => Forms(DraftExpectation.Forms),
        "--expect-aux" => [new("bytes=", Finished: false), new("hex=", Finished: false), new("beginning=", Finished: false), new("nothing"), new("none"), new("any")],
        _ => null,
    };

    // "accepted[=OUTPUT], refused=CAUSE, nothing": a value follows, may follow, or does not.
    private static IEnumerable<Candidate> Forms(string forms)
    {
        foreach (string form in forms.Split(", "))
        {
            if (!form.Contains('=') || form.Contains('['))
            {
                yield return new Candidate(form.Split('[', '=')[0]);
            }

            if (form.Contains('='))
            {
                yield return new Candidate(form.Split('[', '=')[0] + "=", Finished: false);
            }
        }
    }
}
