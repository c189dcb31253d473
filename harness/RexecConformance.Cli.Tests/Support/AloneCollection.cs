namespace RexecConformance.Cli.Tests.Support;

/// <summary>
/// Tests that run after all others, one by one: those that burden the machine on purpose, and those that must see that a server
/// does not do something within a time, which a server that gets no processor does not do either.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
