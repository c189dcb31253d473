using System.Net.Sockets;
using System.Text.RegularExpressions;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>Reads one scenario file, strictly: every mistake is a problem with its place.</summary>
public static partial class ScenarioReader
{
    private const int MostSessions = 32;

    private static readonly string[] s_auxModes =
        ["none", "listen", "refuse", "accept-late", "never-accept", "reset", "backlog-full", "privileged"];

    /// <summary>The scenario, or null if the file has none that could be used; mistakes are reported to the source.</summary>
    public static Scenario? Read(SourceFile source)
    {
        if (source.RootMapping("a scenario") is not { } map)
        {
            return null;
        }

        map.RequireFormatOne();
        var scenario = new Scenario
        {
            Id = Id(map),
            Title = map.RequireText("title"),
            Level = Choice<Level>(map, map.Require("level"), "level") ?? Level.Must,
            Captured = CapturedSource.Read(map),
            Fuzzed = FuzzedSource.Read(map),
            Basis = ScenarioBasis.Read(map),
            Requires = Requires(map),
            Tags = map.Texts("tags"),
            DependsOn = map.Texts("depends-on"),
            Needs = map.Texts("needs"),
            Setup = Setup(map),
            Sessions = Sessions(map),
            Others = Others(map),
            Network = Network(map),
            Aux = Aux(map),
            Reading = Reading(map),
            Send = SendStepReader.Read(map),
            Fragments = FragmentationReader.Read(map),
            Undecided = AlternativeReader.IsUndecided(map),
            Expect = AlternativeReader.Read(map),
            Notes = map.OptionalText("notes"),
            File = source.Path,
        };
        map.Finish();
        ScenarioChecks.Check(source, map.Node, scenario);
        return scenario;
    }

    internal static T? Choice<T>(MappingReader map, YamlNode? node, string key)
        where T : struct, Enum
    {
        if (node is null)
        {
            return null;
        }

        string text = map.Text(node, key);
        foreach (T value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        string all = string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
        map.Source.Report(node, $"'{key}' is {SourceFile.Kind(node)}, expected one of: {all}{Nearest.Remark(text, all.Split(", "))}");
        return null;
    }

    private static string Id(MappingReader map)
    {
        if (map.Require("id") is not { } node)
        {
            return "";
        }

        string id = map.Text(node, "id");
        if (!Slug().IsMatch(id))
        {
            map.Source.Report(node, $"id is '{id}', expected lower case letters, digits and hyphens");
        }

        return id;
    }

    private static IReadOnlyList<string> Requires(MappingReader map)
    {
        IReadOnlyList<string> ids = map.Texts("requires");
        // What a capture, a fuzzer or an author saw of some servers on one day need prove no sentence of a document; nor does what is not decided.
        bool free = new[] { "captured", "fuzzed", "basis" }.Any(key => map.Node.Children.ContainsKey(new YamlScalarNode(key))) || AlternativeReader.IsUndecided(map);
        if (ids.Count == 0 && !free)
        {
            map.Source.Report(map.Node, "a scenario names at least one requirement in 'requires', or who else says so in 'basis'");
        }

        return ids;
    }

    private static ServerSetup Setup(MappingReader map)
    {
        string? fault = map.OptionalText("fault", ServerSetup.KnownFaults);
        IReadOnlyList<string> options = map.Texts("options", ServerSetup.KnownOptions);
        return fault is null && options.Count == 0 ? ServerSetup.Plain : new ServerSetup(fault is null ? [] : [fault], options);
    }

    private static int Sessions(MappingReader map) => map.Left.Contains("sessions") ? map.RequireNumber("sessions", 1, MostSessions) : 1;

    private static OtherClients? Others(MappingReader map)
    {
        if (!map.TryTake("others", out YamlNode? node) || map.Source.Mapping(node, "others") is not { } others)
        {
            return null;
        }

        var clients = new OtherClients(others.RequireNumber("connected", 1, MostSessions), others.OptionalDuration("leave-after"));
        others.Finish();
        return clients;
    }

    private static AddressFamily Network(MappingReader map)
    {
        if (!map.TryTake("network", out YamlNode? node))
        {
            return AddressFamily.InterNetwork;
        }

        string text = map.Text(node, "network");
        if (text is not ("ipv4" or "ipv6"))
        {
            map.Source.Report(node, $"'network' is '{text}', expected ipv4 or ipv6");
        }

        return text == "ipv6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
    }

    private static AuxBehaviour Aux(MappingReader map)
    {
        if (!map.TryTake("aux", out YamlNode? node))
        {
            return new AuxBehaviour(AuxMode.None, TimeSpan.Zero);
        }

        TimeSpan after = TimeSpan.Zero;
        YamlNode? modeNode = node;
        if (node is YamlMappingNode && map.Source.Mapping(node, "aux") is { } aux)
        {
            modeNode = aux.Require("mode");
            after = aux.OptionalDuration("after") ?? TimeSpan.Zero;
            aux.Finish();
        }

        string mode = modeNode is null ? "none" : map.Text(modeNode, "aux");
        int index = Array.IndexOf(s_auxModes, mode);
        if (index < 0)
        {
            map.Source.Report(modeNode, $"'aux' is '{mode}', expected one of: {string.Join(", ", s_auxModes)}{Nearest.Remark(mode, s_auxModes)}");
            index = 0;
        }

        AuxMode[] modes =
        [
            AuxMode.None, AuxMode.Listen, AuxMode.Refuse, AuxMode.AcceptLate,
            AuxMode.NeverAccept, AuxMode.Reset, AuxMode.BacklogFull, AuxMode.Privileged,
        ];
        return new AuxBehaviour(modes[index], after);
    }

    private static SlowReading? Reading(MappingReader map)
    {
        if (!map.TryTake("reading", out YamlNode? node) || map.Source.Mapping(node, "reading") is not { } reading)
        {
            return null;
        }

        var slow = new SlowReading(reading.OptionalDuration("after") ?? TimeSpan.Zero, reading.RequireNumber("buffer"));
        reading.Finish();
        return slow;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Slug();
}
