using System.Diagnostics;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Reports.Results;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Cli.Tests.Sharding;

/// <summary>
/// The examples for GitHub and Kubernetes: their own command lines, run here against the reference server, each part a
/// process of its own.
/// </summary>
[Trait("needs", "loopback")]
[Collection(AloneCollection.Name)]
public sealed class ExamplesTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-examples-").FullName;

    [SkippableFact]
    public async Task The_parts_of_the_workflow_make_one_result()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs sh");
        YamlMappingNode workflow = Read("examples/github/conformance.yml").Single();
        YamlMappingNode jobs = Map(workflow, "jobs");
        YamlMappingNode shard = Map(jobs, "shard");
        string[] parts = [.. ((YamlSequenceNode)Map(Map(shard, "strategy"), "matrix")["shard"]).Select(part => part.ToString())];
        Assert.Equal(["1", "2", "3", "4"], parts);
        Assert.Equal("shard", Text(Map(jobs, "result"), "needs"));
        Assert.Equal(["TARGET", "DIALECT"], Environment(workflow).Keys);

        string drive = Step(shard, "drive");
        foreach (string part in parts)
        {
            (int code, string output) = await ShAsync(drive.Replace("${{ matrix.shard }}", part), "reference:bsd44");
            Assert.True(code == 0, output);
        }

        string merge = Step(Map(jobs, "result"), "merge");
        (int merged, string said) = await ShAsync(merge, "reference:bsd44");
        Assert.True(merged == 0, said);
        ReportedRun run = ResultReader.Read(Path.Combine(_folder, "result.json"));
        Assert.Equal((null, run.Variants), (run.Shard, run.Cases.Count()));
        Assert.StartsWith("## rexec conformance: nothing red in ", await File.ReadAllTextAsync(Path.Combine(_folder, "summary.md")));
        Assert.True(File.Exists(Path.Combine(_folder, "result.xml")));

        File.Delete(Path.Combine(_folder, "shard-3.json"));
        (merged, said) = await ShAsync(merge, "reference:bsd44");
        Assert.Equal(2, merged);
        Assert.Contains("shard 3/4 missing", said);
    }

    [SkippableFact]
    public async Task A_red_part_is_told_by_the_job_that_merges()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs sh");
        YamlMappingNode jobs = Map(Read("examples/github/conformance.yml").Single(), "jobs");
        string drive = Step(Map(jobs, "shard"), "drive").Replace("--report", "--id 'username*' --report");
        for (int part = 1; part <= 4; part++)
        {
            Assert.Equal(0, (await ShAsync(drive.Replace("${{ matrix.shard }}", $"{part}"), "reference:debian")).Code);
        }

        (int code, string output) = await ShAsync(Step(Map(jobs, "result"), "merge"), "reference:debian");
        Assert.Equal(1, code);
        Assert.Contains("::error title=username-15#whole on reference%3Adebian as bsd44::", output);
        Assert.Contains("username-15#whole", await File.ReadAllTextAsync(Path.Combine(_folder, "summary.md")));
    }

    [SkippableFact]
    public async Task The_pods_of_the_job_make_one_result()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs sh");
        YamlMappingNode job = Read("examples/kubernetes/indexed-job.yaml").Single(document => Text(document, "kind") == "Job");
        Assert.Equal("batch/v1", Text(job, "apiVersion"));
        YamlMappingNode spec = Map(job, "spec");
        Assert.Equal(("Indexed", "4", "4"), (Text(spec, "completionMode"), Text(spec, "completions"), Text(spec, "parallelism")));
        YamlMappingNode pod = Map(Map(spec, "template"), "spec");
        Assert.Equal("Never", Text(pod, "restartPolicy"));
        var container = (YamlMappingNode)Assert.Single((YamlSequenceNode)pod["containers"]);
        string[] mounts = [.. ((YamlSequenceNode)container["volumeMounts"]).Select(mount => Text((YamlMappingNode)mount, "name"))];
        Assert.Equal(((YamlSequenceNode)pod["volumes"]).Select(volume => Text((YamlMappingNode)volume, "name")), mounts);
        string[] command = [.. ((YamlSequenceNode)container["command"]).Concat((YamlSequenceNode)container["args"]).Select(node => node.ToString())];
        Assert.Contains("auto/4", command);

        for (int index = 0; index < 4; index++)
        {
            string[] line = [.. command.Select(word => word
                .Replace("$(JOB_COMPLETION_INDEX)", $"{index}")
                .Replace("/results/", _folder + "/")
                .Replace("tcp:rexec.default.svc.cluster.local:512", "reference:bsd44"))];
            (int code, string output) = await RunAsync(line, ("JOB_COMPLETION_INDEX", $"{index}"));
            Assert.True(code == 0, output);
        }

        CommandResult merged = await CommandProcess.RunAsync(["merge", .. Enumerable.Range(0, 4).Select(index => Path.Combine(_folder, $"{index}.json")), "-o", Path.Combine(_folder, "all.json")]);
        Assert.True(merged.ExitCode == 0, merged.Errors);
        ReportedRun run = ResultReader.Read(Path.Combine(_folder, "all.json"));
        Assert.Equal(run.Variants, run.Cases.Count());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<YamlMappingNode> Read(string path)
    {
        var yaml = new YamlStream();
        using StreamReader reader = File.OpenText(Path.Combine(Repository.Root, path));
        yaml.Load(reader);
        return [.. yaml.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    private static Dictionary<string, string> Environment(YamlMappingNode workflow) =>
        Map(workflow, "env").ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());

    private static string Step(YamlMappingNode job, string name) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>()
        .Where(step => step.Children.TryGetValue("name", out YamlNode? found) && found.ToString() == name)
        .Select(step => Text(step, "run"))
        .Single();

    // As a runner of GitHub does.
    private Task<(int Code, string Output)> ShAsync(string script, string target) => RunAsync(
        ["sh", "-e", "-c", script], ("TARGET", target), ("DIALECT", "bsd44"), ("GITHUB_STEP_SUMMARY", Path.Combine(_folder, "summary.md")));

    /// <summary>Runs a command line in the folder; the command is found by its name.</summary>
    private async Task<(int Code, string Output)> RunAsync(IReadOnlyList<string> line, params (string Name, string Value)[] environment)
    {
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string program = Path.Combine(bin, "rexec-conformance");
        if (!File.Exists(program))
        {
            await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "rexec-conformance.dll")}' \"$@\"\n");
            if (OperatingSystem.IsWindows())
            {
                throw new PlatformNotSupportedException("needs sh");
            }

            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(line[0], line.Skip(1)) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{bin}:{start.Environment["PATH"]}";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string[] output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
