using System.Text;
using RexecConformance.Fuzzing.Corpus;
using RexecConformance.Fuzzing.Tests.Doubles;

namespace RexecConformance.Fuzzing.Tests.Corpus;

/// <summary>What a run remembers survives whatever ends it.</summary>
public sealed class CorpusFolderTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("corpus-test-").FullName;
    private readonly List<string> _warnings = [];

    private string Journal => Path.Combine(_folder, "journal.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_line_that_a_kill_cut_short_is_dropped_and_the_next_is_whole()
    {
        Add("first", "second");
        File.AppendAllText(Journal, "{\"seed\":1,\"numb");
        Add("third");
        Assert.Equal(["first", "second", "third"], Names());
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_file_of_nothing_but_half_a_line_is_an_empty_one()
    {
        File.WriteAllText(Journal, new string('x', 10_000));
        Assert.Empty(Names());
        Assert.Equal(0, new FileInfo(Journal).Length);
    }

    [Fact]
    public void Bad_lines_are_left_out_and_told_with_their_place()
    {
        Add("first");
        File.AppendAllText(Journal, "no case\n\u001b[31m\n\n");
        Add("second");
        Assert.Equal(["first", "second"], Names());
        Assert.Equal(3, _warnings.Count);
        Assert.StartsWith(Journal + ":2: left out: ", _warnings[0], StringComparison.Ordinal);
        Assert.All(_warnings, line => Assert.DoesNotContain('\u001b', line));
        Assert.All(_warnings, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void A_folder_has_one_run_at_a_time()
    {
        using (CorpusFolder.Open(_folder))
        {
            Assert.Contains("in use by another run", Assert.Throws<CorpusException>(() => CorpusFolder.Open(_folder)).Message, StringComparison.Ordinal);
        }

        CorpusFolder.Open(_folder).Dispose();
    }

    [Fact]
    public void What_a_kill_left_of_files_that_were_not_whole_is_removed()
    {
        CorpusFolder.Open(_folder).Dispose();
        string half = Path.Combine(_folder, "finds", ".a-b.json.0123abcd.tmp");
        string whole = Path.Combine(_folder, "finds", "a-b.json");
        string state = Path.Combine(_folder, "state.json.tmp");
        Array.ForEach([half, whole, state], file => File.WriteAllText(file, "{"));
        CorpusFolder.Open(_folder).Dispose();
        Assert.Equal([false, true, false], new[] { half, whole, state }.Select(File.Exists));
    }

    [Fact]
    public void A_state_reads_back()
    {
        using CorpusFolder corpus = CorpusFolder.Open(_folder);
        Assert.Null(corpus.ReadState());
        var state = new CorpusState { Suite = "1", Targets = ["memory:debian as debian"], Seed = ulong.MaxValue, Next = 12, Kinds = ["a-b"], Replies = new Dictionary<string, long> { ["debian accepted"] = 3 } };
        corpus.WriteState(state with { Next = 11 });
        corpus.WriteState(state);
        CorpusState read = corpus.ReadState()!;
        Assert.Equal((state.Seed, state.Next, 3L), (read.Seed, read.Next, read.Replies["debian accepted"]));
        Assert.Equal(state.Targets, read.Targets);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"format\":1,\"suite\":\"1\",\"targets\":null,\"seed\":1,\"next\":1}")]
    [InlineData("{\"format\":1,\"suite\":\"1\",\"targets\":[],\"seed\":1,\"next\":9223372036854775807}")]
    [InlineData("{\"format\":1,\"suite\":\"1\",\"targets\":[],\"seed\":1,\"next\":1,\"kinds\":[null]}")]
    [InlineData("{\"format\":1,\"suite\":\"1\",\"targets\":[],\"seed\":1,\"next\":1,\"replies\":{\"a b\":-1}}")]
    [InlineData("{\"format\":99,\"suite\":\"1\",\"targets\":[],\"seed\":1,\"next\":1}")]
    public void A_state_that_is_none_is_told_in_one_line(string text)
    {
        using CorpusFolder corpus = CorpusFolder.Open(_folder);
        File.WriteAllText(Path.Combine(_folder, "state.json"), text);
        string message = Assert.Throws<CorpusException>(corpus.ReadState).Message;
        Assert.Contains("state.json: is no state of a fuzz run", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_told()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Contains("expected a folder", Assert.Throws<CorpusException>(() => CorpusFolder.Open(file)).Message, StringComparison.Ordinal);
    }

    private void Add(params string[] names)
    {
        using CorpusFolder corpus = CorpusFolder.Open(_folder);
        Array.ForEach(names, name => corpus.Journal.Add(NameCases.Login(name)));
    }

    private IEnumerable<string> Names()
    {
        using CorpusFolder corpus = CorpusFolder.Open(_folder);
        return [.. corpus.Journal.Read(_warnings.Add).Select(one => Server.Request(one).Split('\0')[1])];
    }
}
