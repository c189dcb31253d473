using RexecConformance.Bytes;
using RexecConformance.Transcripts;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>Mistakes that show only when a scenario's parts are seen together.</summary>
internal static class ScenarioChecks
{
    public static void Check(SourceFile source, YamlNode at, Scenario scenario)
    {
        if (scenario.AsksForAux && scenario.Aux.Mode == AuxMode.None)
        {
            source.Report(at, "${aux.port} is sent, but 'aux' is none: say what the client does about the connection");
        }

        bool touchesAux = scenario.Send.Any(step => step is SignalStep or AwaitAuxStep
            or HalfCloseStep { Stream: StreamName.Aux } or CloseStep { Stream: StreamName.Aux } or ResetStep { Stream: StreamName.Aux }
            or AwaitBytesStep { Stream: StreamName.Aux } or AwaitEndStep { Stream: StreamName.Aux });
        if (touchesAux && !scenario.AsksForAux)
        {
            source.Report(at, "a step uses the auxiliary connection, but no port with ${aux.port} is sent");
        }

        int literal = scenario.Send.OfType<BytesStep>()
            .Sum(step => step.Bytes.Parts.Sum(part => part is LiteralPart bytes ? bytes.Bytes.Length : 1));
        if (scenario.Fragments.Any(f => f is PerByteFragmentation) && literal > PerByteFragmentation.MaxBytes)
        {
            source.Report(at, $"per-byte is for requests of up to {PerByteFragmentation.MaxBytes} bytes, this one has {literal} or more");
        }

        foreach (CapturedCut cut in scenario.Fragments.OfType<CapturedFragmentation>().SelectMany(captured => captured.Cuts))
        {
            if (scenario.Send.OfType<BytesStep>().Count(step => step.Kind == cut.Field) != 1)
            {
                source.Report(at, $"the captured segments are cut at '{cut}', but the field {cut.Field} is not sent, or more than once");
            }
        }

        if (scenario is { Captured: null, Fuzzed: null, Basis.Count: 0 } && scenario.Expect.Any(alternative => alternative.When.Any(condition => condition.Property == Condition.DialectName)))
        {
            source.Report(at, "'when' names a dialect, which only a scenario with 'captured', 'fuzzed' or 'basis' may: other cases ask for properties");
        }

        foreach (AfterFragmentation after in scenario.Fragments.OfType<AfterFragmentation>())
        {
            foreach (string field in after.Fields.Where(field => !scenario.Send.OfType<BytesStep>().Any(step => step.Kind == field)))
            {
                source.Report(at, $"the segmentation '{after.Name}' names the field {field}, which is not sent");
            }
        }
    }
}
