namespace RexecConformance.Fuzzing.Prediction;

/// <summary>A byte on the auxiliary connection.</summary>
/// <param name="Number">Its value.</param>
/// <param name="At">When.</param>
/// <param name="AfterBytes">How much of the primary's bytes had been sent by then.</param>
/// <param name="AfterOutput">How many bytes of output the client had waited for.</param>
/// <param name="Connected">Whether the client had waited for the connection.</param>
internal readonly record struct SentSignal(byte Number, Moment At, int AfterBytes, int AfterOutput, bool Connected);
