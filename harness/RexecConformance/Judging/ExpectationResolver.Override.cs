using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Judging;

/// <content>What a scenario states of a stream itself, over what follows from the dialect.</content>
public sealed partial class ExpectationResolver
{
    private ExpectedStream Override(ExpectedStream stream, StreamRule? rule)
    {
        if (rule is null)
        {
            return stream;
        }

        if (rule.Endless is { } repeated)
        {
            return Endless(stream, Content(repeated).LiteralBytes);
        }

        EndRule end = rule.End ?? stream.End;
        if (end == EndRule.Unread)
        {
            end = _dialect.Properties.TryGetValue("unread-input", out DialectProperty? unread) && unread.Value == "rst"
                ? EndRule.Rst
                : EndRule.Closed;
            if (unread is not null)
            {
                _basis.Add(new BasisLine("end", unread.Basis));
            }
        }

        // FIN or RST is a race once a request is split: it depends on what had arrived when the server closed.
        end = end == EndRule.Rst && _split ? EndRule.Closed : end;
        if (_scenario.Captured is { } captured && (rule.Bytes ?? rule.Beginning) is not null)
        {
            _basis.Add(new BasisLine("bytes and end", captured.Basis));
        }
        else if (_scenario.Fuzzed is { } fuzzed && (rule.Bytes ?? rule.Beginning) is not null)
        {
            _basis.Add(new BasisLine("bytes and end", fuzzed.BasisOf(_dialect.Name)));
        }

        foreach (ScenarioBasis stated in ScenarioBasis.For(_scenario.Basis, _dialect.Name))
        {
            _basis.Add(new BasisLine("bytes and end", stated.Basis));
        }

        return stream with
        {
            Content = rule.Bytes is { } bytes ? Content(bytes)
                : rule.Beginning is { } beginning ? Content(beginning).Then(ExpectedContent.Matching(ExpectedContent.Anything))
                : stream.Content,
            End = end,
            OpenFor = rule.OpenFor,
            NotBefore = rule.NotBefore ?? stream.NotBefore,
            Within = rule.Within ?? stream.Within,
            Connected = rule.Connected ?? (stream.Connected || (rule.Bytes ?? rule.Beginning) is not null),
            Connection = rule.Connection,
            Check = rule.Check && (stream.Check || rule.Connected is not null || (rule.Bytes ?? rule.Beginning) is not null),
        };
    }

    // Three times is more than a server that stops after one would send; no end is waited for.
    private static ExpectedStream Endless(ExpectedStream stream, byte[] unit) => stream with
    {
        Content = ExpectedContent.Of([.. unit, .. unit, .. unit]),
        Endless = unit,
        End = EndRule.Open,
        OpenFor = TimeSpan.Zero,
        Connected = true,
        Check = true,
    };
}
