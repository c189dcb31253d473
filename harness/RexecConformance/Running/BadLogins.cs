using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Running;

/// <summary>Finds the cases that send a wrong password for an account that exists; a real machine may lock it.</summary>
public static class BadLogins
{
    /// <summary>Whether the scenario names the victim account, which takes all wrong passwords, with another password.</summary>
    public static bool Sends(Scenario scenario)
    {
        bool victim = scenario.Send.OfType<BytesStep>()
            .Any(step => step.Bytes.Parts.Contains(new AccountPart("victim", "name")));
        bool right = scenario.Send.OfType<BytesStep>()
            .Any(step => step.Bytes.Parts.Contains(new AccountPart("victim", "password")));
        return victim && !right;
    }
}
