using RexecConformance.Bytes;
using RexecConformance.Captures;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>What a captured client sent, as steps: its port becomes the port of the client here, and accounts that are known become places.</summary>
internal static class CapturedMaterial
{
    private static readonly string[] s_kinds = ["port", "username", "password", "command"];

    /// <summary>Null for a client that sent nothing, or whose command takes its time.</summary>
    public static Material? Of(byte[] request, AccountFields[] accounts)
    {
        var steps = new List<SendStep>();
        bool aux = false;
        AccountFields? account = null;
        ReadOnlySpan<byte> rest = request;
        foreach (string kind in s_kinds)
        {
            int nul = rest.IndexOf((byte)0);
            if (nul < 0)
            {
                break;
            }

            ReadOnlySpan<byte> text = rest[..nul];
            rest = rest[(nul + 1)..];
            if (kind == "port" && PortField.Value(text) != 0)
            {
                aux = true;
                steps.Add(new BytesStep(kind, new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])));
                continue;
            }

            if (kind == "username")
            {
                account = Find(accounts, text);
            }

            steps.Add(kind == "username" && account is not null ? account.Name
                : kind == "password" && account is not null && text.SequenceEqual(account.PasswordBytes) ? account.Password
                : new BytesStep(kind, new ByteTemplate([new LiteralPart([.. text, 0])])));
        }

        if (!rest.IsEmpty)
        {
            steps.Add(new BytesStep(steps.Count == s_kinds.Length ? "stdin" : "bytes", new ByteTemplate([new LiteralPart(rest.ToArray())])));
        }

        return steps.Count == 0 || request.AsSpan().IndexOf(KnownCommand.SlowWord) >= 0 ? null : new Material(steps, aux ? AuxMode.Listen : AuxMode.None, []);
    }

    private static AccountFields? Find(AccountFields[] accounts, ReadOnlySpan<byte> name)
    {
        foreach (AccountFields account in accounts)
        {
            if (name.SequenceEqual(account.NameBytes))
            {
                return account;
            }
        }

        return null;
    }
}
