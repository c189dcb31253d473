using System.Buffers.Text;
using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>Fills the places of a byte string in for one target, without a copy for each part.</summary>
internal sealed class ScriptBytes
{
    private readonly Dictionary<(string Account, string Attribute), byte[]> _accounts = [];
    private readonly Dictionary<string, byte[]> _operations;
    private readonly int? _argumentList;

    public ScriptBytes(AccountFile accounts, Shell shell, int? argumentList)
    {
        _argumentList = argumentList;
        _operations = shell.Texts.ToDictionary(text => text.Key, text => ByteText.Latin1.GetBytes(text.Value));
        foreach (Account account in accounts.Accounts)
        {
            Add(account.Key, account);
        }

        // As in the suite's own runs: a target without a victim takes its wrong passwords on 'good'.
        if (!accounts.TryGet("victim", out _) && accounts.TryGet("good", out Account? good))
        {
            Add("victim", good);
        }
    }

    /// <summary>Writes all bytes; returns null, or what can't be filled in.</summary>
    public string? Write(ByteTemplate template, int auxPort, ScriptBuffer to)
    {
        Span<byte> digits = stackalloc byte[20];
        for (int i = 0; i < template.Parts.Count; i++)
        {
            switch (template.Parts[i])
            {
                case LiteralPart literal:
                    to.Append(literal.Bytes);
                    break;
                case AuxPortPart port:
                    _ = Utf8Formatter.TryFormat(auxPort + port.Plus, digits, out int written);
                    to.Append(digits[..written]);
                    break;
                case AccountPart account when _accounts.TryGetValue((account.Account, account.Attribute), out byte[]? value):
                    to.Append(value);
                    break;
                case AccountPart account:
                    return $"the target has no account '{account.Account}'";
                case OperationPart operation when _operations.TryGetValue(operation.Name, out byte[]? text):
                    to.Append(text);
                    break;
                case OperationPart operation:
                    return $"the target's shell can't do '{operation.Name}'";
                case RepeatToLimitPart repeat when _argumentList is { } limit:
                    int times = Math.Clamp(limit + repeat.Plus, 0, ByteTemplateReader.MaxBytes / Math.Max(1, repeat.Unit.Length));
                    for (int n = 0; n < times; n++)
                    {
                        to.Append(repeat.Unit);
                    }

                    break;
                default:
                    return "the target does not state its argument list";
            }
        }

        return null;
    }

    private void Add(string key, Account account)
    {
        _accounts[(key, "name")] = Encoding.UTF8.GetBytes(account.Name);
        _accounts[(key, "password")] = Encoding.UTF8.GetBytes(account.Password);
        _accounts[(key, "home")] = Encoding.UTF8.GetBytes(account.Home);
        _accounts[(key, "shell")] = Encoding.UTF8.GetBytes(account.Shell);
        _accounts[(key, "uid")] = Encoding.UTF8.GetBytes(account.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
