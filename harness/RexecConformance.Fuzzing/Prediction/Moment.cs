namespace RexecConformance.Fuzzing.Prediction;

/// <summary>When something happens, counted from the connection: a step that waits may wait for nothing, or as long as it is told to.</summary>
/// <param name="Earliest">If all that is waited for comes at once.</param>
/// <param name="Latest">If none of it comes.</param>
internal readonly record struct Moment(TimeSpan Earliest, TimeSpan Latest)
{
    public static Moment Start => default;

    public Moment Later(TimeSpan time) => new(Earliest + time, Latest + time);

    public Moment Waiting(TimeSpan atMost) => new(Earliest, Latest + atMost);
}
