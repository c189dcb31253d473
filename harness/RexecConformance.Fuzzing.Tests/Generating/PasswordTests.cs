using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Cases;
using RexecConformance.Fuzzing.Generating;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>What a case says of accounts that are somebody's.</summary>
public sealed class PasswordTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_password_that_is_not_the_suites_is_in_no_case(bool harmless)
    {
        const string Secret = "Qv7_w-Zk!rP2";
        AccountFile accounts = AccountFile.Of([new Account("good", "operator", Secret, 500, 500, "/home/operator", "/bin/sh")]);
        var generator = new Generator(1, Worlds.Small with { Accounts = accounts, HarmlessCommandsOnly = harmless });
        for (int i = 0; i < 20_000; i++)
        {
            string line = CaseText.Write(generator.Create(i));
            Assert.DoesNotContain(Secret[..6], line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexStringLower(ByteText.Latin1.GetBytes(Secret[..6])), line, StringComparison.Ordinal);
        }
    }
}
