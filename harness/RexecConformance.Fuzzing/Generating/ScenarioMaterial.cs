using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>A scenario's request, for one shell.</summary>
internal static class ScenarioMaterial
{
    /// <summary>A longer request is left out: the families of lengths make those, and seldom.</summary>
    private const int Longest = 2048;

    /// <summary>What an await may cost where its condition never comes.</summary>
    private static readonly TimeSpan s_await = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Null where the shell lacks the operation, or the request is too long or waits by design.</summary>
    public static Material? Of(Scenario scenario, Shell shell)
    {
        if (scenario.Aux.Mode is AuxMode.BacklogFull or AuxMode.Privileged || scenario.IsTimed)
        {
            return null;
        }

        var steps = new List<SendStep>(scenario.Send.Count);
        int size = 0;
        foreach (SendStep step in scenario.Send)
        {
            switch (step)
            {
                case BytesStep bytes:
                    if (Filled(bytes, shell) is not { } filled)
                    {
                        return null;
                    }

                    size += filled.Bytes.Parts.OfType<LiteralPart>().Sum(part => part.Bytes.Length);
                    steps.Add(filled);
                    break;
                case PauseStep pause:
                    steps.Add(new PauseStep(pause.Duration < s_longestPause ? pause.Duration : s_longestPause));
                    break;
                case AwaitAuxStep:
                    steps.Add(new AwaitAuxStep(s_await));
                    break;
                case AwaitBytesStep wait:
                    steps.Add(wait with { Within = s_await });
                    break;
                case AwaitEndStep wait:
                    steps.Add(wait with { Within = s_await });
                    break;
                default:
                    steps.Add(step);
                    break;
            }
        }

        return size > Longest ? null : new Material(steps, scenario.Aux.Mode, [.. scenario.Fragments.Where(one => one is not CapturedFragmentation)]);
    }

    private static BytesStep? Filled(BytesStep step, Shell shell)
    {
        var literal = new List<byte>();
        var parts = new List<BytePart>();
        void Flush()
        {
            if (literal.Count > 0)
            {
                parts.Add(new LiteralPart([.. literal]));
                literal.Clear();
            }
        }

        foreach (BytePart part in step.Bytes.Parts)
        {
            switch (part)
            {
                case LiteralPart plain when plain.Bytes.AsSpan().IndexOf(KnownCommand.SlowWord) >= 0:
                    return null;
                case LiteralPart plain:
                    literal.AddRange(plain.Bytes);
                    break;
                case OperationPart operation when shell.Texts.TryGetValue(operation.Name, out string? text) && !new KnownCommand(operation.Name, text).IsSlow:
                    literal.AddRange(ByteText.Latin1.GetBytes(text));
                    break;
                case AccountPart or AuxPortPart:
                    Flush();
                    parts.Add(part);
                    break;
                default:
                    return null;
            }
        }

        Flush();
        return step with { Bytes = new ByteTemplate(parts) };
    }
}
