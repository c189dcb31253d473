using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests;

/// <summary>
/// Debian's daemon judged as 4.4BSD: red is exactly where the two columns of section 7 differ, and at expiry. A case that goes red
/// without a difference behind it, or a difference that no case shows, fails here.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class JudgedByAnotherDialectTest
{
    /// <summary>Each difference, with the scenarios that show it.</summary>
    private static readonly (string Difference, string[] Scenarios)[] s_differences =
    [
        ("user 15 chars: ok, not 'username too long'", ["username-15", "username-15-aux"]),
        ("pw 15 chars: ok, not 'password too long'", ["password-15", "password-15-aux"]),
        ("any command is read: those that 4.4BSD calls too long get a status byte (or a refusal for another cause)",
            [
                "command-20480", "command-20481", "command-20481-aux", "command-131071", "command-131072", "command-131072-aux",
                "command-2097151", "command-2097152", "command-too-long-before-login",
            ]),
        ("bad pw, unknown user: no byte, after 2 s",
            [
                "bad-password", "bad-password-aux", "bad-password-whenever-aux", "unknown-user", "unknown-user-aux", "unknown-user-whenever-aux", "empty-username", "empty-username-aux",
                "username-8-bit", "username-8-bit-aux", "username-control-characters", "username-trailing-space",
                "refusal-in-packets", "refusal-with-unread-input", "nmap-dns-probe", "password-8-bit",
                "second-request-after-refusal", "two-sessions-refused",
            ]),
        ("nohome: after the status byte, and on A", ["home-missing-after-status-byte", "missing-home", "missing-home-aux"]),
        ("expired: refused by PAM (not a row of section 7; facts 3.8)", ["expired-account", "expired-account-aux", "expired-account-logs-in", "expired-password", "expired-password-aux", "expired-password-logs-in"]),
        ("signal byte on A: not delivered, and A ends with RST",
            ["signal-0-and-200", "signal-15", "signal-15-after-200", "signal-15-plain-command", "signal-9"]),
    ];

    private static IEnumerable<string> Expected => s_differences.SelectMany(d => d.Scenarios).Order(StringComparer.Ordinal);

    [SkippableFact]
    [Trait("needs", "daemon")]
    public async Task The_daemon_differs_from_bsd44_where_section_7_says_so()
    {
        Needs.DebianDaemon();
        await using InetdTarget target = await InetdTarget.StartAsync(
            "inetd", Needs.Daemon, new TargetProfile { Dialect = "bsd44" }, CancellationToken.None);
        await CompareAsync(target);
        Assert.Empty(target.Troubles);
    }

    [Fact]
    [Trait("needs", "loopback")]
    public async Task The_reference_server_as_debian_differs_in_the_same_way()
    {
        await using ReferenceTarget target = ReferenceTarget.Start(
            "reference:debian", new TargetProfile { Dialect = "bsd44" }, Rexecd.Dialect.Load("debian"));
        // The daemon can't be given these faults: Debian's never forks, and it looks for the client's name.
        await CompareAsync(target, "fork-failed-aux", "no-reverse-name", "no-reverse-name-at-once", "no-reverse-name-aux");
    }

    private static async Task CompareAsync(ITarget target, params string[] more)
    {
        // PAM makes most of these wait: side by side they wait together.
        TargetResult result = await Suite.RunAsync(target, Suite.Variants(), new RunOptions { Jobs = 32 });
        Assert.Null(result.Failure);
        Assert.Equal(0, result.Count(Verdict.Error));
        Assert.Equal([.. Expected.Concat(more).Order(StringComparer.Ordinal)], Suite.RedIds(result));

        // And a scenario is red in all of its variants or in none.
        Assert.DoesNotContain(result.Results, r => !r.IsRed && r.Verdict != Verdict.Blocked && Expected.Contains(r.Variant.Scenario.Id));
    }
}
