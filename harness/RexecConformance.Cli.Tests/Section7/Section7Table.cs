using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Section7;

/// <summary>The reference server and Debian's daemon against the golden vectors, row by row.</summary>
public sealed class Section7Table(Servers servers) : IClassFixture<Servers>
{
    // One row needs another reply of the reference server: it asks no name service, so it cannot say "Where are you?".
    private const string NoNameService = "peer without reverse DNS";

    public static TheoryData<string> Names => [.. Table.Rows.Select(row => row.Name)];

    public static TheoryData<string> NamesOfReferenceDebian => [.. Table.Rows.Select(row => row.Name).Where(name => name != NoNameService)];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("needs", "loopback")]
    public async Task Reference_bsd44_is_column_bsd(string name)
    {
        Row row = Table.Rows.Single(r => r.Name == name);
        Row.Compare(row.Bsd, await row.SendAsync(await servers.AddressAsync(Servers.Bsd)));
    }

    [Theory]
    [MemberData(nameof(NamesOfReferenceDebian))]
    [Trait("needs", "loopback")]
    public async Task Reference_debian_is_column_deb(string name)
    {
        Row row = Table.Rows.Single(r => r.Name == name);
        Row.Compare(row.Deb ?? row.Bsd, await row.SendAsync(await servers.AddressAsync(Servers.Debian)));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    [Trait("needs", "daemon")]
    public async Task The_daemon_is_column_deb(string name)
    {
        Needs.DebianDaemon();
        Row row = Table.Rows.Single(r => r.Name == name);
        Row.Compare(row.Deb ?? row.Bsd, await row.SendAsync(await servers.AddressAsync(Servers.Inetd)));
    }
}
