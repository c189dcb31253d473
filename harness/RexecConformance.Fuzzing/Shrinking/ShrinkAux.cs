using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>No auxiliary connection where none is needed, else a plain one.</summary>
internal static class ShrinkAux
{
    private static readonly AuxBehaviour s_none = new(AuxMode.None, TimeSpan.Zero);
    private static readonly AuxBehaviour s_listen = new(AuxMode.Listen, TimeSpan.Zero);

    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        bool asks = attempt.Case.Send.OfType<BytesStep>().Any(step => step.Bytes.UsesAuxPort);
        if (attempt.Case.Aux.Mode == AuxMode.None && !asks)
        {
            return;
        }

        if (await attempt.TryAsync(WithPort([])) || await attempt.TryAsync(WithPort("0"u8.ToArray())))
        {
            return;
        }

        _ = attempt.Case.Aux != s_none && !asks && await attempt.TryAsync(attempt.Case with { Aux = s_none });
        _ = attempt.Case.Aux != s_listen && attempt.Case.Aux != s_none && await attempt.TryAsync(attempt.Case with { Aux = s_listen });

        FuzzCase WithPort(byte[] port) => attempt.Case with
        {
            Aux = s_none,
            Send = [.. attempt.Case.Send.Select(step => step is BytesStep bytes && bytes.Bytes.UsesAuxPort
                ? bytes with { Bytes = new ByteTemplate([.. bytes.Bytes.Parts.Select(part => part is AuxPortPart ? new LiteralPart(port) : part)]) }
                : step)],
        };
    }
}
