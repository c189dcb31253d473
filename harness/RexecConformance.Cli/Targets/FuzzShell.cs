using RexecConformance.Bytes;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Reports;

namespace RexecConformance.Cli.Targets;

/// <summary>Tells a server that runs real shells from one that only acts as if it did, where nobody says which it is.</summary>
/// <remarks>It is about what is demanded alone: what may be sent is what a real shell may be sent.</remarks>
internal static class FuzzShell
{
    private const string Operation = "print-environment";

    /// <summary>Whether a command has an environment.</summary>
    public static async Task<bool> HasEnvironmentAsync(IFuzzTarget target, CancellationToken cancel)
    {
        FuzzCase login = PlainLogin.Of(target.Accounts, target.Shell, Operation);
        if (!target.Shell.Texts.ContainsKey(Operation) || !HarmlessCommands.Safe(login, new AccountContext(target.Accounts), target.Shell))
        {
            return false;
        }

        FuzzOutcome outcome = await target.AskAsync(login, cancel);
        return outcome.Primary.Bytes.AsSpan().IndexOf("HOME="u8) >= 0;
    }
}
