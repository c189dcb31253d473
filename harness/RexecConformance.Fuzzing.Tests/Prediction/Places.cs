using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>The suite's accounts and a port.</summary>
internal sealed class Places(int auxPort, AccountFile accounts) : IByteContext
{
    public int AuxPort => auxPort;

    public int? ArgumentList => Suite.LinuxArgument;

    public byte[] Account(string account, string attribute)
    {
        Account found = accounts[account];
        return Encoding.UTF8.GetBytes(attribute switch
        {
            "name" => found.Name,
            "password" => found.Password,
            "home" => found.Home,
            "shell" => found.Shell,
            _ => found.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
    }
}
