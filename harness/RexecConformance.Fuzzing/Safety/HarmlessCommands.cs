using System.Buffers;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Safety;

/// <summary>Whether a case may be sent to a server whose commands reach a real shell.</summary>
/// <remarks>
/// The case is read as badly as any dialect can read it. A server reads three strings before the command, so whatever stands behind the
/// third NUL may be a command, or input of one; whether the login succeeds does not matter. A request that lacks a NUL, or that the
/// client resets or closes, may be seen in part: see <see cref="CutRequests"/>.
/// </remarks>
public static class HarmlessCommands
{
    private const int FieldsBeforeCommand = 3;

    /// <summary>True if no reading of the case by any dialect can run anything that is not on the fixed list.</summary>
    /// <param name="fuzzCase">The case; its companions are looked at too.</param>
    /// <param name="context">The target's accounts.</param>
    /// <exception cref="KeyNotFoundException">A place of the case names something that the context lacks.</exception>
    public static bool Safe(FuzzCase fuzzCase, IByteContext context) => Safe(fuzzCase, context, HarmlessText.OfSuite);

    /// <inheritdoc cref="Safe(FuzzCase, IByteContext)"/>
    /// <param name="fuzzCase">The case.</param>
    /// <param name="context">The target's accounts.</param>
    /// <param name="shell">The target's own shell, whose operations belong to the list too.</param>
    public static bool Safe(FuzzCase fuzzCase, IByteContext context, Shell shell) =>
        Safe(fuzzCase, context, shell == Shell.Sh || shell == Shell.Cmd ? HarmlessText.OfSuite : new HarmlessText(Shell.Sh, Shell.Cmd, shell));

    internal static bool Safe(FuzzCase fuzzCase, IByteContext context, HarmlessText list)
    {
        if (!SafeAlone(fuzzCase.Send, fuzzCase.Fragments, context, list))
        {
            return false;
        }

        foreach (FuzzCase companion in fuzzCase.Companions)
        {
            if (!Safe(companion, context, list))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SafeAlone(IReadOnlyList<SendStep> steps, Fragmentation fragments, IByteContext context, HarmlessText list)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bool cut = fragments is CapturedFragmentation captured && captured.Cuts.Any(one => one.Then.Any(Cuts));
        bool mayEnd = false;
        foreach (SendStep step in steps)
        {
            // Behind an end of the client's, or a wait that may never be over, a server may see nothing more.
            cut |= Cuts(step) || (mayEnd && step is BytesStep);
            mayEnd |= step is HalfCloseStep { Stream: StreamName.Primary } or AwaitAuxStep or AwaitBytesStep or AwaitEndStep;
            if (step is BytesStep sent)
            {
                foreach (BytePart part in sent.Bytes.Parts)
                {
                    // The target's shell fills it in; it is on the list by its name.
                    bytes.Write(part is OperationPart operation ? Text(operation) : part.Resolve(context));
                }
            }
        }

        ReadOnlySpan<byte> rest = bytes.WrittenSpan;
        cut |= rest.Count((byte)0) <= FieldsBeforeCommand;
        for (int index = 0; ; index++)
        {
            int nul = rest.IndexOf((byte)0);
            ReadOnlySpan<byte> piece = nul < 0 ? rest : rest[..nul];
            bool asCommand = index >= FieldsBeforeCommand;
            if ((asCommand && !list.Fits(piece)) || (cut && !CutRequests.Fits(piece, asCommand)))
            {
                return false;
            }

            if (nul < 0)
            {
                return true;
            }

            rest = rest[(nul + 1)..];
        }
    }

    private static bool Cuts(SendStep step) => step is ResetStep { Stream: StreamName.Primary } or CloseStep { Stream: StreamName.Primary };

    private static byte[] Text(OperationPart operation) =>
        Shell.Sh.Texts.TryGetValue(operation.Name, out string? text) ? ByteText.Latin1.GetBytes(text) : throw new KeyNotFoundException($"there is no operation '{operation.Name}'");
}
