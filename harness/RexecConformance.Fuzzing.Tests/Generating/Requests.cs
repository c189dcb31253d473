using RexecConformance.Accounts;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>What a case sends on the primary connection.</summary>
internal static class Requests
{
    public static byte[] Bytes(FuzzCase fuzzCase, int auxPort = 40001)
    {
        var context = new TestContext(AccountFile.Default, auxPort);
        return [.. fuzzCase.Send.OfType<BytesStep>().SelectMany(step => step.Bytes.Resolve(context))];
    }
}
