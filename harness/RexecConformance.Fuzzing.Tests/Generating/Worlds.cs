using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>Worlds for tests.</summary>
internal static class Worlds
{
    private static readonly Lazy<GeneratorWorld> s_suite = new(ReadSuite);

    public static string Repository { get; } = FindRepository();

    /// <summary>One that changes only where the accounts of the suite or the operations of its shells do: two scenarios, two conversations.</summary>
    public static GeneratorWorld Small { get; } = new()
    {
        Accounts = AccountFile.Default,
        Shell = Shell.Sh,
        Limits = new FieldLimits([14, 15, 16, 128, 256, 511], [14, 15, 16, 80, 128, 256, 511], [511, 8192, 10239, 20479, 131071]),
        Scenarios =
        [
            Scenario("small-login", AuxMode.Listen,
                Field("port", new AuxPortPart(0)), Field("username", new AccountPart("good", "name")), Field("password", new AccountPart("good", "password")),
                Field("command", new OperationPart("write-both"))),
            Scenario("small-end", AuxMode.None,
                Field("port", new LiteralPart("0"u8.ToArray())), Field("username", new LiteralPart("nobody"u8.ToArray())), new HalfCloseStep(StreamName.Primary)),
        ],
        Conversations = ["\0good\0secret\0echo out\0"u8.ToArray(), "1023\0good\0wrong\0cat\0input\n"u8.ToArray()],
    };

    /// <summary>The suite's own world.</summary>
    public static GeneratorWorld Suite => s_suite.Value;

    private static GeneratorWorld ReadSuite()
    {
        (ScenarioTree tree, _) = ScenarioTree.Load(
            Path.Combine(Repository, "scenarios"), AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet());
        return GeneratorWorld.Of(tree, AccountFile.Default, Shell.Sh, 131071) with { Conversations = CapturedRequests.Read(Path.Combine(Repository, "pcaps")) };
    }

    private static BytesStep Field(string kind, BytePart part) => new(kind, new ByteTemplate([part, new LiteralPart([0])]));

    private static Scenario Scenario(string id, AuxMode aux, params SendStep[] steps) => new()
    {
        Id = id,
        Title = id,
        Level = Level.Info,
        Requires = [],
        Tags = [],
        DependsOn = [],
        Needs = [],
        Aux = new AuxBehaviour(aux, TimeSpan.Zero),
        Send = steps,
        Fragments = [new WholeFragmentation(), new PerFieldFragmentation()],
        Expect = [],
        File = id,
    };

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RexecConformance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("RexecConformance.sln is in no folder above the tests");
    }
}
