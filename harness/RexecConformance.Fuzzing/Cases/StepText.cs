using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Writes what a client does, a step an object, in the words of scenario files. A field's NUL is the step's own there.</summary>
internal static class StepText
{
    public static void AppendList(StringBuilder text, IReadOnlyList<SendStep> steps)
    {
        text.Append('[');
        for (int i = 0; i < steps.Count; i++)
        {
            text.Append(i == 0 ? "{" : ",{");
            Append(text, steps[i]);
            text.Append('}');
        }

        text.Append(']');
    }

    public static string Name(StreamName stream) => stream == StreamName.Aux ? "aux" : "primary";

    private static void Append(StringBuilder text, SendStep step)
    {
        switch (step)
        {
            case BytesStep bytes:
                AppendBytes(text, bytes);
                break;
            case PauseStep pause:
                text.Append($"\"pause\":\"{ExactTimes.Write(pause.Duration)}\"");
                break;
            case AwaitAuxStep wait:
                text.Append($"\"await\":\"aux\",\"within\":\"{ExactTimes.Write(wait.Within)}\"");
                break;
            case AwaitBytesStep wait:
                text.Append($"\"await\":\"{Name(wait.Stream)}\",\"bytes\":");
                TemplateText.Append(text, TemplateText.Joined(wait.Bytes));
                text.Append($",\"within\":\"{ExactTimes.Write(wait.Within)}\"");
                break;
            case AwaitEndStep wait:
                text.Append($"\"await\":\"{Name(wait.Stream)}\",\"end\":true,\"within\":\"{ExactTimes.Write(wait.Within)}\"");
                break;
            case SignalStep signal:
                text.Append($"\"signal\":[{string.Join(',', signal.Signals)}]{(signal.Together ? ",\"together\":true" : "")}");
                break;
            case HalfCloseStep half:
                text.Append($"\"half-close\":\"{Name(half.Stream)}\"");
                break;
            case CloseStep close:
                text.Append($"\"close\":\"{Name(close.Stream)}\"");
                break;
            case ResetStep reset:
                text.Append($"\"reset\":\"{Name(reset.Stream)}\"");
                break;
            default:
                throw new ArgumentException($"{step} is no step of a case", nameof(step));
        }
    }

    private static void AppendBytes(StringBuilder text, BytesStep step)
    {
        IReadOnlyList<BytePart> parts = TemplateText.Joined(step.Bytes);
        bool nul = false;
        if (step.IsField && parts is [.., LiteralPart { Bytes: [.. var before, 0] }])
        {
            nul = true;
            parts = before.Length == 0 ? [.. parts.SkipLast(1)] : [.. parts.SkipLast(1), new LiteralPart(before)];
        }

        JsonText.Append(text, step.Kind);
        text.Append(':');
        TemplateText.Append(text, parts);
        text.Append(step.IsField && !nul ? ",\"nul\":false" : "");
    }
}
