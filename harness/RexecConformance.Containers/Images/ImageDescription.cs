using RexecConformance.Accounts;
using RexecConformance.Targets;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Containers.Images;

/// <summary>What <c>docker/NAME/target.yaml</c> says of an image.</summary>
public sealed record ImageDescription
{
    private static readonly TimeSpan s_readyWithin = TimeSpan.FromSeconds(15);

    /// <summary>Dialect, accounts, capabilities, deviations.</summary>
    public required TargetProfile Profile { get; init; }

    /// <summary>The TCP port that its server listens on.</summary>
    public required int Port { get; init; }

    /// <summary>The account whose handshake shows that it is ready.</summary>
    public required string ReadyAccount { get; init; }

    /// <summary>How long it may take to be ready.</summary>
    public required TimeSpan ReadyWithin { get; init; }

    /// <summary>A project to publish for linux-x64 into the build context's folder <c>published/</c>, or null.</summary>
    public string? PublishProject { get; init; }

    /// <summary>Folders with that project's sources.</summary>
    public IReadOnlyList<string> PublishSources { get; init; } = [];

    /// <summary>An argument that makes it serve the dialect that it is judged by, which follows; null if it has but one.</summary>
    public string? DialectArgument { get; init; }

    /// <summary>The files that are compiled into the image.</summary>
    public IEnumerable<string> SourceFiles() => PublishSources.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Where(file => !file.Split('/', '\\').Any(part => part is "bin" or "obj"));

    /// <summary>Reads an image's description.</summary>
    /// <exception cref="TargetSpecException">It is wrong; the message has all problems, one a line.</exception>
    public static ImageDescription Read(ImageFolder folder)
    {
        var problems = new List<Problem>();
        ImageDescription? read = null;
        SourceFile source = SourceFile.Read(folder.DescriptionFile, problems);
        if (source.RootMapping("an image's description") is { } map)
        {
            map.RequireFormatOne();
            read = ReadMap(map, folder, problems);
            map.Finish();
        }

        return read is not null && problems.Count == 0 ? read : throw new TargetSpecException(problems);
    }

    private static ImageDescription ReadMap(MappingReader map, ImageFolder folder, List<Problem> problems)
    {
        // All have the same accounts: the file is what the build gives to each image.
        AccountFile accounts = AccountFile.Load(folder.Root.AccountsFile);
        string account = "good";
        TimeSpan within = s_readyWithin;
        if (map.TryTake("ready", out YamlNode? node) && map.Source.Mapping(node, "ready") is { } ready)
        {
            account = ready.OptionalText("account") ?? account;
            within = ready.OptionalDuration("within") ?? within;
            ready.Finish();
            if (!accounts.TryGet(account, out _))
            {
                map.Source.Report(node, $"there is no account '{account}'");
            }
        }

        string? project = null;
        IReadOnlyList<string> sources = [];
        if (map.TryTake("publish", out YamlNode? publish) && map.Source.Mapping(publish, "publish") is { } entry)
        {
            project = Path.GetFullPath(entry.RequireText("project"), folder.Path);
            sources = [.. entry.Texts("sources").Select(path => Path.GetFullPath(path, folder.Path))];
            entry.Finish();
            if (sources.FirstOrDefault(path => !Directory.Exists(path)) is { } missing)
            {
                map.Source.Report(publish, $"there is no folder {missing}: the image is made of the server's sources, so call the command from within the suite's repository");
            }
        }

        int port = map.RequireNumber("port");
        string? dialectArgument = map.OptionalText("dialect-argument");
        TargetProfile profile = TargetFile.ReadProfile(map) with { Accounts = accounts };
        if (File.Exists(folder.DeviationsFile))
        {
            profile = profile with { Deviations = [.. profile.Deviations, .. DeviationFile.Read(folder.DeviationsFile, problems)] };
        }

        return new ImageDescription
        {
            Profile = profile,
            Port = port,
            ReadyAccount = account,
            ReadyWithin = within,
            PublishProject = project,
            PublishSources = sources,
            DialectArgument = dialectArgument,
        };
    }
}
