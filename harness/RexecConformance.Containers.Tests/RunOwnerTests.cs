namespace RexecConformance.Containers.Tests;

public class RunOwnerTests
{
    [Fact]
    public void LabelsKeepAllOfIt() => Assert.Equal(RunOwner.Current, RunOwner.FromLabels(RunOwner.Current.ToLabels()));

    [Fact]
    public void WithoutALabelItIsNotOurs()
    {
        foreach (string label in new[] { Labels.Run, Labels.ProcessId, Labels.ProcessStart, Labels.Machine })
        {
            Dictionary<string, string> labels = RunOwner.Current.ToLabels();
            _ = labels.Remove(label);
            Assert.Null(RunOwner.FromLabels(labels));
        }
    }

    [Fact]
    public void ThisProcessIsNotGone() => Assert.False(RunOwner.Current.IsGone());

    [Fact]
    public void AnIdThatWasGivenAgainIsGone() => Assert.True((RunOwner.Current with { ProcessStart = "1" }).IsGone());

    [Fact]
    public void AnIdOfNoProcessIsGone() => Assert.True((RunOwner.Current with { ProcessId = int.MaxValue }).IsGone());

    [SkippableFact]
    public void AnEarlierBootIsGone()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: ids of boots");
        Assert.True((RunOwner.Current with { Boot = "before" }).IsGone());
    }

    [Fact]
    public void WhatCannotBeSeenFromHereIsTakenToBeAlive()
    {
        Assert.False((RunOwner.Current with { Machine = "another", ProcessId = int.MaxValue }).IsGone());
        Assert.False((RunOwner.Current with { ProcessSpace = "another", ProcessId = int.MaxValue }).IsGone());
    }
}
