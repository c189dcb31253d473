using RexecConformance.Dialects;

namespace RexecConformance.Captures.Importing;

/// <summary>The dialects that a captured server may be of, for saying why a target differs.</summary>
public static class CapturedDialects
{
    /// <summary>The key of the account that is to be put in the captured one's place: one without a home directory where the captured user had none.</summary>
    public static string AccountFor(Conversation conversation, string key, IReadOnlyDictionary<string, Dialect> dialects) =>
        RefusalCause.Of(conversation, dialects.Values) == "no-home" ? "nohome" : key;

    /// <summary>The one that the manifest names, else those that answer exactly so, else those that put the status byte there.</summary>
    public static IReadOnlyList<Dialect> Of(Conversation conversation, CaptureOrigin origin, IReadOnlyDictionary<string, Dialect> dialects)
    {
        ImportResult alone = CaptureImport.Of([conversation], origin, new ImportOptions(), dialects);
        IReadOnlyList<string> names = alone.Scenarios is [var one] ? one.Scenario.Captured!.Dialects : AnsweringDialects.ByStatus(conversation, dialects.Values);
        return [.. names.Where(dialects.ContainsKey).Select(name => dialects[name])];
    }
}
