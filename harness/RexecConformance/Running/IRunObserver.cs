namespace RexecConformance.Running;

/// <summary>Is told what happens during a run, from several threads at once.</summary>
public interface IRunObserver
{
    /// <summary>A target is about to be driven.</summary>
    void Started(Targets.ITarget target, int variants);

    /// <summary>A variant has its verdict.</summary>
    void Finished(VariantResult result);
}
