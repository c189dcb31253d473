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
        return victim && !scenario.Send.OfType<BytesStep>().Any(HasRightPassword);
    }

    /// <summary>The password and nothing else: a NUL follows it, and a field or a NUL begins before it.</summary>
    private static bool HasRightPassword(BytesStep step)
    {
        IReadOnlyList<BytePart> parts = step.Bytes.Parts;
        int at = parts.ToList().IndexOf(new AccountPart("victim", "password"));
        return at >= 0
            && (at == 0 || parts[at - 1] is LiteralPart { Bytes: [.., 0] })
            && at + 1 < parts.Count && parts[at + 1] is LiteralPart { Bytes: [0, ..] };
    }
}
