using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Reports;

namespace RexecConformance.Fuzzing.Running;

/// <summary>Puts a find together.</summary>
internal static class FindMaker
{
    public static FuzzFind Make(ConfirmedSymptom found, FuzzCase smallest, Examination seen, bool shrunk, FuzzField field)
    {
        FuzzLane lane = found.Examiner.Lane;
        Symptom symptom = seen.Symptom is { } last && last.Kind == found.Symptom.Kind ? last : found.Symptom;
        return new FuzzFind
        {
            Kind = symptom.Kind,
            Title = FindTitle.Of(symptom, smallest, seen, lane, found.Examiner.Context(symptom.Party)),
            Oracle = symptom.Oracle.ToString().ToLowerInvariant(),
            Guilty = symptom.Party,
            Case = found.Case,
            Smallest = smallest,
            Shrunk = shrunk,
            Request = found.Examiner.Sent(smallest, symptom.Party),
            Sides =
            [
                .. lane.Parties.Select((party, i) => new FindSide(
                    party.Target.Name, party.Target.Dialect, seen.Outcomes[i] with { Transcript = null }, seen.Predicted[i].Reply, PredictedText.Of(seen.Predicted[i]))
                {
                    Transcript = seen.Outcomes[i].Transcript,
                }),
            ],
            Seed = field.Options.Seed,
            Repeats = (found.Shown, found.Asked),
            Command = field.Options.Command(lane, Path.Combine(field.Corpus.Finds, symptom.Kind + ".json")),
            FoundAt = DateTimeOffset.UtcNow,
            Suite = SuiteVersion.Text,
        };
    }
}
