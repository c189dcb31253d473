using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Targets;

/// <summary>Fills in the places of a scenario for one target.</summary>
/// <param name="target">The target: its accounts.</param>
/// <param name="auxPort">The client's port for the auxiliary connection, 0 if there is none.</param>
public sealed class TargetContext(ITarget target, int auxPort) : IByteContext
{
    /// <inheritdoc/>
    public int AuxPort => auxPort;

    /// <inheritdoc/>
    public int? ArgumentList => target.ArgumentList;

    /// <inheritdoc/>
    public byte[] Account(string account, string attribute)
    {
        Account found = Find(target, account) ?? throw new KeyNotFoundException($"the target has no account '{account}'");
        string value = attribute switch
        {
            "name" => found.Name,
            "password" => found.Password,
            "home" => found.Home,
            "shell" => found.Shell,
            _ => found.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return Encoding.UTF8.GetBytes(value);
    }

    /// <summary>
    /// A target's account by key, or null. On loopback a target without a victim account takes the wrong passwords on
    /// <c>good</c>: there it can harm nobody.
    /// </summary>
    public static Account? Find(ITarget target, string key) =>
        target.Accounts.TryGet(key, out Account? account) ? account
        : key == "victim" && target.IsLoopback && target.Accounts.TryGet("good", out Account? good) ? good
        : null;

    /// <summary>The scenario with its operations replaced by the shell's texts, or null if the shell has none for one.</summary>
    public static Scenario? WithShell(Scenario scenario, Shell shell) =>
        WithShell(scenario.Send, shell) is { } steps ? scenario with { Send = steps } : null;

    /// <summary>The steps with their operations replaced by the shell's texts, or null if the shell has none for one.</summary>
    public static IReadOnlyList<SendStep>? WithShell(IReadOnlyList<SendStep> send, Shell shell)
    {
        var steps = new List<SendStep>(send.Count);
        foreach (SendStep step in send)
        {
            if (step is not BytesStep bytes || !bytes.Bytes.Parts.Any(part => part is OperationPart))
            {
                steps.Add(step);
                continue;
            }

            var parts = new List<BytePart>();
            foreach (BytePart part in bytes.Bytes.Parts)
            {
                if (part is not OperationPart operation)
                {
                    parts.Add(part);
                }
                else if (shell.Texts.TryGetValue(operation.Name, out string? text))
                {
                    parts.Add(new LiteralPart(ByteText.Latin1.GetBytes(text)));
                }
                else
                {
                    return null;
                }
            }

            steps.Add(bytes with { Bytes = new ByteTemplate(parts) });
        }

        return steps;
    }
}
