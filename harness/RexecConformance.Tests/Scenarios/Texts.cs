using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Scenarios;

/// <summary>Scenarios as texts, for tests.</summary>
internal static class Texts
{
    /// <summary>A whole scenario, 12 lines; tests put other lines in its places.</summary>
    public const string Good = """
        format: 1
        id: a-case
        title: A case
        level: must
        requires: [status-byte]
        send:
          - port: "0"
          - username: good
          - password: secret
          - command: { operation: write-out }
        expect:
          - accepted: { stdout: "out\n" }

        """;

    /// <summary>A scenario with some lines put in the place of another; no problem allowed.</summary>
    public static Scenario Scenario(string line, string instead)
    {
        (Scenario? scenario, List<Problem> problems) = Read(Change(line, instead));
        Assert.Empty(problems);
        return scenario!;
    }

    /// <summary>The good text, changed. The line must be there.</summary>
    public static string Change(string line, string instead)
    {
        Assert.Contains(line, Good);
        return Good.Replace(line, instead);
    }

    public static (Scenario? Scenario, List<Problem> Problems) Read(string text)
    {
        var problems = new List<Problem>();
        return (ScenarioReader.Read(SourceFile.Parse("case.yaml", text, problems)), problems);
    }

    /// <summary>Accounts whose attributes are <c>ACCOUNT.ATTRIBUTE</c>, and the port 4711.</summary>
    public sealed class Context : IByteContext
    {
        public int AuxPort => 4711;

        public int? ArgumentList => 1000;

        public byte[] Account(string account, string attribute) => Encoding.Latin1.GetBytes($"{account}.{attribute}");
    }
}
