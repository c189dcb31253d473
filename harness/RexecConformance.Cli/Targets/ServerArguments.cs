using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Targets;

/// <summary>How the command <c>rexecd</c> is called for a target.</summary>
internal sealed class ServerArguments
{
    private const string Folder = "/run/rexec-conformance";
    private const string AccountsFile = Folder + "/accounts.yaml";

    private readonly List<string> _common;

    /// <param name="program">The server.</param>
    /// <param name="dialect">What it serves.</param>
    /// <param name="options">The target's options.</param>
    /// <param name="fixtures">Accounts and scripted commands of the scenarios.</param>
    /// <param name="commandLimit">
    /// The argument list of this system in characters, for a dialect that has its system's as the limit of a command; else null.
    /// </param>
    public ServerArguments(ServerProgram program, string dialect, ReferenceOptions options, Fixtures fixtures, int? commandLimit)
    {
        var files = new Dictionary<string, string>();
        _common = [.. program.Command, "--dialect", dialect, "--commands", options.Commands, "--accounts"];
        if (options.Accounts == "system")
        {
            _common.Add("system");
        }
        else
        {
            _common.Add(AccountsFile);
            files[AccountsFile] = AccountsYaml.Of(fixtures.Accounts);
        }

        if (commandLimit is { } limit)
        {
            _common.AddRange(["--command-limit", $"{limit}"]);
        }

        if (options.DialectFile is { } file)
        {
            // Where it is may be covered in the namespace.
            string copy = Folder + "/dialect.yaml";
            _common.AddRange(["--dialect-file", copy]);
            files[copy] = Ended(File.ReadAllText(file));
        }

        _common.AddRange(options.Faults.SelectMany(fault => new[] { "--fault", fault }));
        if (!options.RealShells)
        {
            foreach ((FixtureFile script, int number) in fixtures.CommandFiles.Select((script, number) => (script, number)))
            {
                string copy = $"{Folder}/commands-{number}.yaml";
                _common.AddRange(["--scripts", copy]);
                files[copy] = Ended(script.Text);
            }
        }

        Files = files;
    }

    /// <summary>The runtime's variables: no sockets for debuggers, which would be files of each process.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" };

    /// <summary>Files that it reads: path in the namespace and text.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Program and arguments for a set-up.</summary>
    public IReadOnlyList<string> For(AddressFamily network, ServerSetup setup) =>
    [
        .. _common, "--listen", $"{new IPEndPoint(Loopback(network), 0)}",
        .. setup.Faults.SelectMany(fault => new[] { "--fault", fault }),
        .. setup.Options.Contains("refuse-root") ? ["-r"] : Array.Empty<string>(),
        .. setup.Options.Contains(ServerSetup.SingleConnection) ? ["--single-connection"] : Array.Empty<string>(),
    ];

    /// <summary>Where it listens, of <c>rexecd: ready on ADDRESS:PORT dialect NAME</c>.</summary>
    /// <exception cref="TargetStartException">The line is another one.</exception>
    public static IPEndPoint EndPoint(string readyLine) =>
        readyLine.Split(' ') is ["rexecd:", "ready", "on", var address, ..] && IPEndPoint.TryParse(address, out IPEndPoint? end)
            ? end
            : throw new TargetStartException($"the server said '{readyLine}', expected 'rexecd: ready on ADDRESS:PORT ...'");

    public static IPAddress Loopback(AddressFamily network) =>
        network == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    private static string Ended(string text) => text.EndsWith('\n') ? text : text + "\n";
}
