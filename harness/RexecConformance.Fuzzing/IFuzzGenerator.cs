namespace RexecConformance.Fuzzing;

/// <summary>Makes cases.</summary>
public interface IFuzzGenerator
{
    /// <summary>The case of a number; the same one whoever asks and in whatever order. May be called by several threads at once.</summary>
    /// <param name="number">From 0.</param>
    FuzzCase Create(long number);
}
