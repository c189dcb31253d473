using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;

namespace RexecConformance.Authoring;

/// <summary>Writes down what a server answered, as an expectation of its dialect: what was the same every time, and nothing else.</summary>
public static class ObservedExpectation
{
    // Less than was watched: a machine under load must not make it red.
    private static readonly TimeSpan s_openFor = TimeSpan.FromSeconds(1);

    private const int ShortestSecret = 4;

    /// <summary>The expectation.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="dialect">The dialect of the server.</param>
    /// <param name="target">The target: passwords of its accounts are written as places.</param>
    /// <param name="seen">All that was driven.</param>
    /// <param name="notes">Is given what could not be fixed, a line each.</param>
    /// <exception cref="DraftException">Nothing of it is fixed.</exception>
    public static Alternative Of(Scenario scenario, string dialect, ITarget target, IReadOnlyList<ObservedVariant> seen, List<string> notes)
    {
        var when = new Condition(Condition.DialectName, "=", [dialect]);
        if (seen.All(one => one.Transcript.ConnectError == Transcript.Refused))
        {
            return new Alternative { When = [when], Primary = new StreamRule { Connection = ConnectionRule.Refused } };
        }

        if (seen.FirstOrDefault(one => one.Transcript.ConnectError is not null) is { } lost)
        {
            throw new DraftException($"--observe: no connection to {target.Name}: {lost.Transcript.ConnectError}");
        }

        if (seen.SelectMany(one => one.Transcript.UnmetAwaits).FirstOrDefault() is { } unmet)
        {
            notes.Add($"A step waited in vain: {unmet}.");
        }

        var secrets = scenario.Accounts.Select(key => (Key: key, Account: TargetContext.Find(target, key))).Where(pair => pair.Account is { Password.Length: >= ShortestSecret })
            .Select(pair => (pair.Key, Bytes: System.Text.Encoding.UTF8.GetBytes(pair.Account!.Password))).ToList();
        return new Alternative
        {
            When = [when],
            Primary = Rule("primary", [.. seen.Select(one => (one.Whole, one.Transcript.Primary))], secrets, notes),
            Aux = !scenario.AsksForAux ? null
                : scenario.Aux.Mode is AuxMode.Refuse or AuxMode.NeverAccept or AuxMode.BacklogFull or AuxMode.Reset ? new StreamRule { Check = false }
                : AuxRule([.. seen.Select(one => (one.Whole, one.Transcript.Aux))], secrets, notes),
        };
    }

    private static StreamRule AuxRule(IReadOnlyList<(bool Whole, StreamTranscript Stream)> seen, List<(string, byte[])> secrets, List<string> notes)
    {
        if (seen.All(one => !one.Stream.Connected))
        {
            return new StreamRule { Connected = false };
        }

        if (seen.Any(one => !one.Stream.Connected))
        {
            notes.Add("The server made the auxiliary connection at times only: it is not judged.");
            return new StreamRule { Check = false };
        }

        return Rule("aux", seen, secrets, notes);
    }

    private static StreamRule Rule(string name, IReadOnlyList<(bool Whole, StreamTranscript Stream)> seen, List<(string, byte[])> secrets, List<string> notes)
    {
        byte[] first = seen[0].Stream.Bytes;
        bool whole = seen.All(one => !one.Stream.Overflow && one.Stream.Bytes.AsSpan().SequenceEqual(first));
        int common = seen.Min(one => one.Stream.Bytes.AsSpan().CommonPrefixLength(first));
        if (!whole)
        {
            notes.Add($"What came on {name} differs from one drive to the next after {common} bytes: only these are expected.");
        }

        ByteTemplate bytes = Template(first[..(whole ? first.Length : common)], secrets);
        EndRule? end = End(name, seen, notes);
        return new StreamRule
        {
            Bytes = whole ? bytes : null,
            Beginning = whole ? null : bytes,
            End = end,
            OpenFor = end == EndRule.Open ? s_openFor : null,
        };
    }

    private static EndRule? End(string name, IReadOnlyList<(bool Whole, StreamTranscript Stream)> seen, List<string> notes)
    {
        List<StreamEnd> ends = [.. seen.Select(one => one.Stream.End).Where(end => end != StreamEnd.Left).Distinct()];
        switch (ends)
        {
            case []:
                return null;
            case [StreamEnd.Open]:
                return EndRule.Open;
            case [StreamEnd.Fin]:
                return EndRule.Fin;
        }

        if (ends.Contains(StreamEnd.Open))
        {
            throw new DraftException($"--observe: {name} was closed at times and open at others within 5 s: nothing of it is fixed, and nothing is written");
        }

        // FIN or RST is a race once a request is cut: only the whole request tells.
        List<StreamEnd> unsplit = [.. seen.Where(one => one.Whole).Select(one => one.Stream.End).Distinct()];
        if (unsplit is [StreamEnd.Rst])
        {
            return EndRule.Rst;
        }

        notes.Add($"The server ended {name} with FIN at times and with RST at others: either is expected.");
        return EndRule.Closed;
    }

    // A password is written as its place, so that it is in no file and the case works with another.
    private static ByteTemplate Template(byte[] bytes, List<(string Key, byte[] Bytes)> secrets)
    {
        var parts = new List<BytePart>();
        int from = 0;
        for (int at = 0; at < bytes.Length;)
        {
            if (secrets.Find(secret => bytes.AsSpan(at).StartsWith(secret.Bytes)) is { Bytes: not null } found)
            {
                if (at > from)
                {
                    parts.Add(new LiteralPart(bytes[from..at]));
                }

                parts.Add(new AccountPart(found.Key, "password"));
                at += found.Bytes.Length;
                from = at;
            }
            else
            {
                at++;
            }
        }

        if (from < bytes.Length)
        {
            parts.Add(new LiteralPart(bytes[from..]));
        }

        return new ByteTemplate(parts);
    }
}
