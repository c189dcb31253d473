namespace RexecConformance.Running;

/// <summary>Is told what happens during a run, from several threads at once.</summary>
public interface IRunObserver
{
    /// <summary>A target is about to be driven.</summary>
    void Started(Targets.ITarget target, int variants);

    /// <summary>A variant is being driven.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="longest">The longest wait that is part of it; zero if none is.</param>
    /// <param name="waitsFor">What for, in words.</param>
    void Driving(Scenarios.Variant variant, TimeSpan longest, string waitsFor)
    {
    }

    /// <summary>A variant has its verdict.</summary>
    void Finished(VariantResult result);
}
