using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Section7;

/// <summary>The rows of a minute, all at once: a row waits for the one minute that all of them share.</summary>
[Trait("speed", "slow")]
public sealed class Section7SlowTable(Section7SlowTable.Minute minute) : IClassFixture<Section7SlowTable.Minute>
{
    public static TheoryData<string> Names => [.. Table.SlowRows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("needs", "loopback")]
    public async Task Reference_bsd44_is_column_bsd(string name) => await CompareAsync(Servers.Bsd, name);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("needs", "loopback")]
    public async Task Reference_debian_is_column_deb(string name) => await CompareAsync(Servers.Debian, name);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    [Trait("needs", "daemon")]
    public async Task The_daemon_is_column_deb(string name)
    {
        Needs.DebianDaemon();
        await CompareAsync(Servers.Inetd, name);
    }

    private async Task CompareAsync(string server, string name)
    {
        Row row = Table.SlowRows.Single(r => r.Name == name);
        Row.Compare(row.Bsd, await minute.Replies[(server, name)]);
    }

    /// <summary>Begins all rows on all servers that this machine can have.</summary>
    public sealed class Minute : IAsyncLifetime
    {
        private readonly Servers _servers = new();

        internal Dictionary<(string Server, string Row), Task<SeenReply>> Replies { get; } = [];

        /// <inheritdoc/>
        public async Task InitializeAsync()
        {
            bool daemon = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists(Needs.Daemon);
            foreach (string server in daemon ? [Servers.Bsd, Servers.Debian, Servers.Inetd] : new[] { Servers.Bsd, Servers.Debian })
            {
                System.Net.IPEndPoint address = await _servers.AddressAsync(server);
                foreach (Row row in Table.SlowRows)
                {
                    Replies[(server, row.Name)] = row.SendAsync(address);
                }
            }
        }

        /// <inheritdoc/>
        public async Task DisposeAsync()
        {
            await Task.WhenAll(Replies.Values);
            await _servers.DisposeAsync();
        }
    }
}
