using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Prediction;

namespace RexecConformance.Fuzzing.Running;

/// <summary>What became of one case on the targets of a lane.</summary>
/// <param name="Outcomes">What each target did.</param>
/// <param name="Predicted">What each dialect demands.</param>
/// <param name="Symptom">What is wrong, or null.</param>
/// <param name="KnownDifference">True if the two differ as their dialects may.</param>
public sealed record Examination(FuzzOutcome[] Outcomes, PredictedAnswer[] Predicted, Symptom? Symptom, bool KnownDifference);
