using System.Reflection;
using Rexecd;
using RexecConformance.Running;

namespace RexecConformance.Cli.Tests;

/// <summary>Rule 1 of the design: the judge and the reference server share no protocol code and no table.</summary>
[Trait("needs", "nothing")]
public sealed class TwoReadingsTest
{
    private static readonly Assembly s_judge = typeof(Runner).Assembly;
    private static readonly Assembly s_server = typeof(RexecServer).Assembly;

    [Fact]
    public void The_judge_references_no_server_assembly() =>
        Assert.DoesNotContain(References(s_judge), name => name.StartsWith("rexecd", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_server_references_no_assembly_of_the_judge()
    {
        string[] all = [.. References(s_server), .. s_server.GetReferencedAssemblies().Where(IsRexecd).SelectMany(name => References(Assembly.Load(name)))];
        Assert.Contains(all, name => name == "Rexecd.System"); // or the line above looks at nothing
        Assert.DoesNotContain(all, name => name.Contains("conformance", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Only_the_types_that_start_processes_are_the_same_source()
    {
        // Types of the same full name in both are one source compiled twice, or a copy.
        HashSet<string> ofServer = [.. Names(s_server), .. Names(Assembly.Load("Rexecd.System"))];
        string[] both = [.. Names(s_judge).Where(ofServer.Contains)];
        Assert.NotEmpty(both);
        Assert.All(both, name => Assert.StartsWith("Posix.", name));
    }

    [Fact]
    public void Neither_has_the_others_tables_in_it()
    {
        // The server's dialects and the suite's are different files; the accounts are the only file that both embed.
        string[] both = [.. s_judge.GetManifestResourceNames().Intersect(s_server.GetManifestResourceNames())];
        Assert.Equal(["accounts.yaml"], both);

        // A schema says what a dialect file may hold, and nothing of what one holds.
        Assert.DoesNotContain(
            s_judge.GetManifestResourceNames(),
            name => name.Contains("dialect", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("schema/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static bool IsRexecd(AssemblyName name) => name.Name!.StartsWith("rexecd", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Names(Assembly assembly) => assembly.GetTypes()
        .Select(type => type.FullName!)
        .Where(name => !name.Contains('<') && !name.StartsWith("System.", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.StartsWith("Interop", StringComparison.Ordinal));
}
