namespace RexecConformance.Reports.Results.Changes;

/// <summary>Which changes end with exit code 1.</summary>
public enum ChangesGate
{
    /// <summary>Something is red that was not, or is gone, or a target was not judged to the end.</summary>
    Worse,

    /// <summary>Any changed verdict or answer, anything new or gone.</summary>
    Any,

    /// <summary>None.</summary>
    None,
}

/// <summary>Holds changes against a gate.</summary>
public static class ChangesGates
{
    /// <summary>Whether the changes do not pass.</summary>
    public static bool Stops(this ChangesGate gate, RunChanges changes) => gate switch
    {
        ChangesGate.Worse => changes.AnyWorse,
        ChangesGate.Any => changes.Changes.Count > 0 || changes.AnyWorse,
        _ => false,
    };
}
