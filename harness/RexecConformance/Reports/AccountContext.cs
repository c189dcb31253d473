using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Reports;

/// <summary>Fills in the places of a scenario without a target: accounts of a file, and a port that stands for any.</summary>
internal sealed class AccountContext(AccountFile accounts, int? argumentList = null) : IByteContext
{
    /// <summary>Stands for the port that a run would listen on.</summary>
    public const int Port = 40000;

    /// <summary>Stands for the argument list of a system that is not known: the one of Linux.</summary>
    private const int LinuxArgument = 131_071;

    public int AuxPort => Port;

    public int? ArgumentList => argumentList ?? LinuxArgument;

    public byte[] Account(string account, string attribute)
    {
        Account found = accounts[account];
        return System.Text.Encoding.UTF8.GetBytes(attribute switch
        {
            "name" => found.Name,
            "password" => found.Password,
            "home" => found.Home,
            "shell" => found.Shell,
            _ => $"{found.Uid}",
        });
    }
}
