using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Compares what a scenario demands with what the model states, attribute by attribute.</summary>
internal static class Agreement
{
    /// <summary>Every attribute in which the two contradict each other.</summary>
    public static List<string> Contradictions(ExpectedExchange demanded, PredictedAnswer stated, TimeSpan stepsAtLeast, TimeSpan stepsAtMost)
    {
        var found = new List<string>();
        if (stated.Unspecified is not null)
        {
            return found;
        }

        Compare("primary", demanded.Primary, stated.Primary, found);
        Compare("aux", demanded.Aux, stated.Aux, found);
        Times(demanded, stated, stepsAtLeast, stepsAtMost, found);
        return found;
    }

    /// <summary>Attributes that the scenario demands and the model leaves open.</summary>
    public static List<string> LeftOpen(ExpectedExchange demanded, PredictedAnswer stated)
    {
        var found = new List<string>();
        bool later = stated.EndsAfter is not null;
        Missing("primary", demanded.Primary, stated.Primary, later, found);
        Missing("aux", demanded.Aux, stated.Aux, later, found);
        return found;
    }

    private static void Missing(string name, ExpectedStream demanded, PredictedStream stated, bool later, List<string> found)
    {
        if (!demanded.Check || demanded.Connection is not null)
        {
            return;
        }

        if (stated.Connected is null)
        {
            found.Add($"{name} connection");
        }

        if (demanded.Connected && stated.Connected != false)
        {
            if (stated.Content is null)
            {
                found.Add($"{name} bytes");
            }

            if (stated.End is null && !(demanded.End == EndRule.Open && later))
            {
                found.Add($"{name} end");
            }

            if (stated.End == EndRule.Closed && demanded.End is (EndRule.Fin or EndRule.Rst))
            {
                found.Add($"{name} end, closed only for {demanded.End}");
            }
        }
    }

    private static void Compare(string name, ExpectedStream demanded, PredictedStream stated, List<string> found)
    {
        if (!demanded.Check || demanded.Connection is not null)
        {
            return;
        }

        if (stated.Connected is { } connected && connected != demanded.Connected)
        {
            found.Add($"{name}: the scenario says {(demanded.Connected ? "a connection" : "no connection")}, the model not");
            return;
        }

        if (!demanded.Connected)
        {
            return;
        }

        if (stated.Content is { } content && !Agree(demanded, content))
        {
            found.Add($"{name}: the scenario says {Clip(demanded.Content.ToString())}, the model {Clip(content.ToString())}");
        }

        if (stated.End is { } end && !Agree(demanded.End, end))
        {
            found.Add($"{name}: the scenario says {demanded.End}, the model {end}");
        }
    }

    // Bytes of one must satisfy the form of the other; two forms must be the same.
    private static bool Agree(ExpectedStream demanded, ExpectedContent content)
    {
        if (demanded.Endless is { } unit)
        {
            return content.Matches([.. unit, .. unit, .. unit, .. unit[..^1]]) && !content.Matches([.. unit, .. unit]);
        }

        if (demanded.Content.IsLiteral)
        {
            // A scenario that looks at the first moments sees the first bytes.
            byte[] bytes = demanded.Content.LiteralBytes;
            return content.Matches(bytes)
                || (demanded.End == EndRule.Open && content.IsLiteral && content.LiteralBytes.AsSpan().StartsWith(bytes));
        }

        return content.IsLiteral ? demanded.Content.Matches(content.LiteralBytes) : Form(demanded.Content) == Form(content);
    }

    private static string Form(ExpectedContent content) => content.ToString().Replace("\"\"", "", StringComparison.Ordinal);

    private static bool Agree(EndRule demanded, EndRule stated) => demanded == stated || (demanded, stated) switch
    {
        // The model says where a race leaves FIN or RST open; a scenario that looks on for a moment sees what ends later still open.
        (EndRule.Closed, EndRule.Fin or EndRule.Rst) or (EndRule.Fin or EndRule.Rst, EndRule.Closed) => true,
        (EndRule.Open, EndRule.Fin or EndRule.Closed) => true,
        _ => false,
    };

    private static void Times(ExpectedExchange demanded, PredictedAnswer stated, TimeSpan atLeast, TimeSpan atMost, List<string> found)
    {
        ExpectedStream primary = demanded.Primary;
        if (!primary.Check || primary.Connection is not null)
        {
            return;
        }

        TimeSpan endsAfter = stated.EndsAfter ?? TimeSpan.Zero;
        if (primary.End == EndRule.Open && stated.Primary.End != EndRule.Open && endsAfter < atLeast + primary.OpenFor)
        {
            found.Add($"primary: the scenario says open for {primary.OpenFor}, the model says that it ends after {stated.EndsAfter}");
        }

        if (primary.End == EndRule.Open || stated.Primary.End == EndRule.Open)
        {
            return;
        }

        if (primary.Within is { } within && endsAfter > atMost + within)
        {
            found.Add($"primary: the scenario says an end within {within}, the model after {endsAfter}");
        }

        if (primary.NotBefore is { } notBefore && endsAfter + TimeSpan.FromSeconds(2) < atLeast + notBefore)
        {
            found.Add($"primary: the scenario says no end before {notBefore}, the model after {endsAfter}");
        }
    }

    private static string Clip(string text) => text.Length <= 100 ? text : text[..100] + "...";
}
