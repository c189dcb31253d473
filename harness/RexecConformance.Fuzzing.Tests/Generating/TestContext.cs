using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>The accounts of a file, and some port.</summary>
internal sealed class TestContext(AccountFile accounts, int auxPort = 40001) : IByteContext
{
    public static TestContext Default { get; } = new(AccountFile.Default);

    public int AuxPort => auxPort;

    public int? ArgumentList => null;

    public byte[] Account(string account, string attribute) => Encoding.UTF8.GetBytes(attribute switch
    {
        "name" => accounts[account].Name,
        "password" => accounts[account].Password,
        "home" => accounts[account].Home,
        "shell" => accounts[account].Shell,
        _ => accounts[account].Uid.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });
}
