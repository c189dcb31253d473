namespace RexecConformance.Packaging.Tests;

/// <summary>Completion as the shells themselves do it, with the installed command and its own scripts.</summary>
[Collection(nameof(Packed))]
public class CompletionTests(PackedSuite suite)
{
    // Bash cuts words at colons and equals signs, and gives the function what it has cut.
    private const string Bash = """
        source <("$1" completion bash)
        complete_line() {
          COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9
          read -ra COMP_WORDS <<<"$1"
          COMP_WORDS[0]=$2
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
          _rexec_conformance rexec-conformance "${COMP_WORDS[COMP_CWORD]}" ""
          printf '[%s]\n' "${COMPREPLY[@]}"
        }
        complete -p rexec-conformance >/dev/null || exit 9
        complete_line "$2" "$1"
        """;

    [SkippableTheory]
    [InlineData("rexec-conformance ", "run ", "list ", "completion ", "capture ")]
    [InlineData("rexec-conformance ex", "explain ")]
    [InlineData("rexec-conformance capture ", "show ", "import ", "replay ", "live ")]
    [InlineData("rexec-conformance run --dia", "--dialect ", "--dialect-file ")]
    [InlineData("rexec-conformance run --dialect netkit-", "netkit-pam ")]
    [InlineData("REXEC_GOOD_PASSWORD=secret rexec-conformance run --level ", "must ", "should ", "may ", "dialect ", "info ")]
    [InlineData("rexec-conformance run --id username-15-b", "username-15-bytes-no-nul ")]
    [InlineData("rexec-conformance run --id 'username-15#", "username-15#whole", "username-15#per-field", "username-15#per-byte")]
    [InlineData("rexec-conformance run --tag lim", "limits ")]
    [InlineData("rexec-conformance run --target ", "reference ", "reference:", "tcp:", "inetd:", "container:", "recorded:", "file:")]
    [InlineData("rexec-conformance run --target reference:deb", "debian ")]
    [InlineData("rexec-conformance run --target=reference:deb", "debian ")]
    [InlineData("rexec-conformance run --target container:debian-x", "debian-xinetd ")]
    [InlineData("rexec-conformance compare --targets recorded:inetutils,recorded:debian-o", "debian-openbsd-inetd")]
    [InlineData("rexec-conformance compare --only ", "different ")]
    [InlineData("rexec-conformance run --report js", "json=")]
    [InlineData("rexec-conformance run --report json=res", "result\\ one.json ", "results/")]
    [InlineData("rexec-conformance report res", "result\\ one.json ", "results/")]
    [InlineData("rexec-conformance run --scenarios res", "results/")]
    [InlineData("rexec-conformance explain username-15-b", "username-15-bytes-no-nul ")]
    [InlineData("rexec-conformance completion p", "powershell ")]
    public async Task Bash_completes(string line, params string[] expected)
    {
        Skip.IfNot(File.Exists("/bin/bash"), "needs bash");
        InstalledTool tool = await suite.InstalledAsync("rexec-conformance");
        string folder = Files(tool);
        CommandResult result = await Command.RunAsync(folder, tool.Environment, "/bin/bash", "--noprofile", "--norc", "-c", Bash, "bash", tool.Program, line);
        Assert.True(result.ExitCode == 0 && result.Errors.Length == 0, result.All);
        string[] replies = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(reply => reply[1..^1])];

        // Beside a verb's name others may come in time; what is asked for precisely is answered precisely.
        if (line.EndsWith(' ') && !line.Contains("--", StringComparison.Ordinal))
        {
            Assert.Subset(replies.ToHashSet(), expected.ToHashSet());
        }
        else
        {
            Assert.Equal(expected.Order(StringComparer.Ordinal), replies.Order(StringComparer.Ordinal));
        }
    }

    [SkippableFact]
    public async Task Zsh_completes()
    {
        Skip.IfNot(File.Exists("/usr/bin/zsh"), "needs zsh (Debian package zsh)");
        InstalledTool tool = await suite.InstalledAsync("rexec-conformance");

        // zsh itself, on a terminal of its own: a line is typed, Tab is pressed, the line is taken and shown in place of being run.
        const string Script = """
            zmodload zsh/zpty
            zpty shell 'TERM=dumb zsh -f -i'
            send() { zpty -w -n shell "$1" }
            until_seen() { local text; while zpty -r shell text; do print -rn -- "$text"; [[ $text == *"$1"* ]] && return; done; return 1 }
            send $'PS1=; unsetopt prompt_cr zle_bracketed_paste 2>/dev/null; PATH='"${1:h}"$':$PATH; autoload -Uz compinit; compinit -u -D; source <(rexec-conformance completion zsh); show() { print -r -- "<$BUFFER>"; BUFFER=; zle accept-line }; zle -N show; bindkey "^X" show; print rea""dy\n'
            until_seen ready || exit 8
            for line in 'rexec-conformance expl' 'rexec-conformance run --dialect netkit-' 'rexec-conformance run --target reference:deb' 'rexec-conformance compare --only '; do
              send "$line"$'\t\x18'
              until_seen '>' || exit 7
            done
            zpty -d shell
            """;
        CommandResult result = await Command.RunAsync(tool.Folder, tool.Environment, "/usr/bin/zsh", "-f", "-c", Script, "zsh", tool.Program);
        Assert.True(result.ExitCode == 0, result.All);
        foreach (string line in new[]
        {
            "<rexec-conformance explain >", "<rexec-conformance run --dialect netkit-pam >",
            "<rexec-conformance run --target reference:debian >", "<rexec-conformance compare --only different >",
        })
        {
            Assert.Contains(line, result.Output, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Fish_completes()
    {
        Skip.IfNot(File.Exists("/usr/bin/fish"), "needs fish (Debian package fish)");
        InstalledTool tool = await suite.InstalledAsync("rexec-conformance");
        const string Script = """
            set -x PATH (path dirname $argv[1]) $PATH
            rexec-conformance completion fish | source
            for line in 'rexec-conformance expl' 'rexec-conformance run --dialect netkit-' 'rexec-conformance run --target reference:deb' 'rexec-conformance run --id username-15-b'
                complete -C $line
            end
            """;
        CommandResult result = await Command.RunAsync(tool.Folder, tool.Environment, "/usr/bin/fish", "--no-config", "-c", Script, tool.Program);
        Assert.True(result.ExitCode == 0, result.All);
        string[] words = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
        Assert.Equal(["explain", "netkit-pam", "reference:debian", "username-15-bytes-no-nul"], words);
        Assert.Contains("Fifteen bytes of a user name and no NUL", result.Output, StringComparison.Ordinal);
    }

    private static string Files(InstalledTool tool)
    {
        string folder = Path.Combine(tool.Folder, "..", "files");
        _ = Directory.CreateDirectory(Path.Combine(folder, "results"));
        File.WriteAllText(Path.Combine(folder, "result one.json"), "");
        return folder;
    }
}
