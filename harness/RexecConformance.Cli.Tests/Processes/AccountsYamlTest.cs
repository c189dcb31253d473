using RexecConformance.Accounts;
using RexecConformance.Cli.Targets;

namespace RexecConformance.Cli.Tests.Processes;

/// <summary>The accounts that a server of its own process reads are those that the scenarios go by.</summary>
public sealed class AccountsYamlTest
{
    [Fact]
    public void The_suites_accounts_come_back_as_they_were() =>
        Assert.Equal(AccountFile.Default.Accounts, AccountFile.Parse(AccountsYaml.Of(AccountFile.Default), "copy").Accounts);

    [Fact]
    public void So_do_names_that_yaml_would_read_as_something_else()
    {
        var account = new Account("yes", "no", "a: \"b\" # \\ \u00e9'", 1, 2, "/home/~", "", HomeExists: false, AccountExpired: true, PasswordExpired: true);
        Assert.Equal([account], AccountFile.Parse(AccountsYaml.Of(AccountFile.Of([account])), "copy").Accounts);
    }

    [Fact]
    public void The_server_reads_them_too()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, AccountsYaml.Of(AccountFile.Default));
            Assert.Equal(AccountFile.Default.Accounts.Select(a => a.Name).Order(), Rexecd.AccountFile.Load(path).All.Select(a => a.Name).Order());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
