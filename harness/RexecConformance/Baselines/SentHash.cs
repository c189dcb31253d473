using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;

namespace RexecConformance.Baselines;

/// <summary>A hash of all that a client does in a variant, but for the port that it happens to listen on.</summary>
public static class SentHash
{
    /// <summary>16 hexadecimal digits. What was recorded of a variant says nothing any more once this differs.</summary>
    /// <exception cref="KeyNotFoundException">The target lacks an account.</exception>
    public static string Of(Variant variant, ITarget target)
    {
        Scenario scenario = variant.Scenario;
        Scenario inShell = TargetContext.WithShell(scenario, target.Shell) ?? scenario;
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"{scenario.Network} {scenario.Aux} {scenario.Setup} {scenario.Sessions} {scenario.Others} {scenario.Reading}\n");
        foreach (WireStep step in (variant with { Scenario = inShell }).Expand(new TargetContext(target, auxPort: 1)))
        {
            _ = step is Send send
                ? text.Append(CultureInfo.InvariantCulture, $"send {send.Stream} {Convert.ToHexStringLower(send.Bytes)}\n")
                : text.Append(CultureInfo.InvariantCulture, $"{step}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
