using System.Collections.Frozen;
using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Cli.Targets;

/// <summary>What the places of a case stand for on a server in memory.</summary>
/// <param name="accounts">Names and passwords as bytes.</param>
/// <param name="auxPort">The client's port.</param>
/// <param name="argumentList">The longest command, characters.</param>
internal sealed class MemoryContext(MemoryContext.Texts accounts, int auxPort, int? argumentList) : IByteContext
{
    public int AuxPort => auxPort;

    public int? ArgumentList => argumentList;

    public byte[] Account(string account, string attribute) => accounts.Of(account, attribute);

    /// <summary>The accounts, resolved once.</summary>
    internal sealed class Texts(AccountFile accounts)
    {
        private readonly FrozenDictionary<(string Account, string Attribute), byte[]> _texts = accounts.Accounts
            .SelectMany(account => Attributes(account).Select(text => (Key: (account.Key, text.Name), text.Value)))
            .ToFrozenDictionary(text => text.Key, text => Encoding.UTF8.GetBytes(text.Value));

        // Wrong passwords go to an account of their own; without one they can harm nobody here.
        public byte[] Of(string account, string attribute) =>
            _texts.TryGetValue((account, attribute), out byte[]? text) ? text
            : account == "victim" && _texts.TryGetValue(("good", attribute), out byte[]? good) ? good
            : throw new KeyNotFoundException($"the target has no account '{account}'");

        private static IEnumerable<(string Name, string Value)> Attributes(Account account) =>
        [
            ("name", account.Name), ("password", account.Password), ("home", account.Home), ("shell", account.Shell),
            ("uid", account.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }
}
