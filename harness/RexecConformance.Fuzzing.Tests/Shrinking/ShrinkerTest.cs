using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Shrinking;
using RexecConformance.Fuzzing.Tests.Doubles;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using CaseText = RexecConformance.Fuzzing.Cases.CaseText;

namespace RexecConformance.Fuzzing.Tests.Shrinking;

/// <summary>What a case shrinks to, given what it has to show.</summary>
public sealed class ShrinkerTest
{
    private static readonly AccountContext s_context = new(AccountFile.Default);
    private int _asked;

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(257)]
    [InlineData(32769)]
    public async Task A_field_that_must_be_long_shrinks_to_its_exact_length_in_one_letter(int least)
    {
        FuzzCase start = NameCases.Login(string.Concat(Enumerable.Repeat("Jörg-", 10_000)), "some password", "echo out; echo err >&2");
        FuzzCase small = await ShrinkAsync(start, request => request.Split('\0') is { Length: >= 5 } fields && fields[1].Length >= least);
        Assert.Equal($"\0{new string('x', least)}\0\0\0", Server.Request(small));
        Assert.Equal(["port", "username", "password", "command"], small.Send.Cast<BytesStep>().Select(step => step.Kind));
        Assert.InRange(_asked, 1, 400);
    }

    [Fact]
    public async Task Only_the_byte_that_matters_is_left()
    {
        FuzzCase start = NameCases.Login("abc\u00e9def", "pass\u0007word") with { Fragments = new PerFieldFragmentation() };
        FuzzCase small = await ShrinkAsync(start, request => request.Contains('\u00e9', StringComparison.Ordinal) && request.Contains('\u0007', StringComparison.Ordinal));
        Assert.Equal("\0\u00e9\0\u0007\0\0", Server.Request(small));
        Assert.IsType<WholeFragmentation>(small.Fragments);
    }

    [Fact]
    public async Task Events_aux_and_companions_that_do_not_matter_go()
    {
        FuzzCase start = NameCases.Of(
            new BytesStep("port", new ByteTemplate([new AuxPortPart(65536), new LiteralPart([0])])),
            new AwaitAuxStep(TimeSpan.FromSeconds(1)),
            NameCases.Field("username", "good\0"),
            new PauseStep(TimeSpan.FromSeconds(2)),
            new SignalStep([1, 2, 3]),
            new BytesStep("password", new ByteTemplate([new AccountPart("victim", "password"), new LiteralPart([0])])),
            NameCases.Field("command", "true\0"),
            new HalfCloseStep(StreamName.Primary)) with
        {
            Aux = new AuxBehaviour(AuxMode.AcceptLate, TimeSpan.FromSeconds(1)),
            Companions = [NameCases.Login("another"), NameCases.Login("third")],
        };
        FuzzCase small = await ShrinkAsync(start, request => request.Split('\0').Length >= 5);
        Assert.Equal("\0\0\0\0", Server.Request(small));
        Assert.Equal(AuxMode.None, small.Aux.Mode);
        Assert.All(small.Send, step => Assert.IsType<BytesStep>(step));
        Assert.Empty(small.Companions);
    }

    [Fact]
    public async Task A_pause_that_matters_stays_and_is_as_short_as_can_be()
    {
        FuzzCase start = NameCases.Login("good") with { Send = [new PauseStep(TimeSpan.FromSeconds(9)), .. NameCases.Login("good").Send, new PauseStep(TimeSpan.FromSeconds(3))] };
        FuzzCase small = await ShrinkAsync(start, one => one.Send.OfType<PauseStep>().Sum(pause => pause.Duration.TotalSeconds) >= 0.05);
        Assert.Equal(TimeSpan.FromMilliseconds(100), Assert.Single(small.Send.OfType<PauseStep>()).Duration);
    }

    [Fact]
    public async Task One_cut_is_left_of_many()
    {
        FuzzCase start = NameCases.Login("good") with { Fragments = new PerByteFragmentation() };
        FuzzCase small = await ShrinkAsync(start, one => one.Fragments is PerByteFragmentation or SplitFragmentation && Server.Request(one).Length > 5);
        Assert.Equal([1], Assert.IsType<SplitFragmentation>(small.Fragments).Offsets);
    }

    [Fact]
    public async Task What_only_another_client_does_stays_and_is_small_too()
    {
        FuzzCase start = NameCases.Login("good") with { Companions = [NameCases.Login("first"), NameCases.Login("needed!", "long password", "echo out")] };
        FuzzCase small = await ShrinkAsync(start, one => one.Companions.Any(companion => Server.Request(companion).Contains('!', StringComparison.Ordinal)));
        Assert.Equal("\0!\0\0\0", Server.Request(Assert.Single(small.Companions)));
    }

    [Fact]
    public async Task A_request_that_ended_still_ends()
    {
        FuzzCase start = NameCases.Of(NameCases.Field("port", "0\0"), NameCases.Field("username", "abc"), new HalfCloseStep(StreamName.Primary));
        FuzzCase small = await ShrinkAsync(start, (FuzzCase _) => true);
        Assert.Equal(new HalfCloseStep(StreamName.Primary), Assert.Single(small.Send));
    }

    [Fact]
    public async Task Bytes_outside_the_grammar_become_fields_where_they_are_some()
    {
        FuzzCase start = NameCases.Of(NameCases.Field("bytes", "0\0na!me\0secret\0true\0input"));
        FuzzCase small = await ShrinkAsync(start, request => request.Contains('!', StringComparison.Ordinal) && request.EndsWith('t') && request.Count(c => c == '\0') == 4);
        Assert.Equal("\0!\0\0\0t", Server.Request(small));
        Assert.Equal(["port", "username", "password", "command", "stdin"], small.Send.Cast<BytesStep>().Select(step => step.Kind));
    }

    [Fact]
    public async Task The_same_case_is_made_smaller_in_the_same_way()
    {
        FuzzCase start = NameCases.Login("some name with blanks", "pw", "echo out");
        bool Shows(string request) => request.Count(c => c == ' ') >= 2 && request.Split('\0').Length >= 5;
        Assert.Equal(CaseText.Write(await ShrinkAsync(start, Shows)), CaseText.Write(await ShrinkAsync(start, Shows)));
    }

    [Fact]
    public async Task No_more_is_asked_than_the_bounds_allow()
    {
        FuzzCase start = NameCases.Login(new string('a', 500));
        _ = await Shrinker.ShrinkAsync(start, _ => ValueTask.FromResult(++_asked > 0 && _asked % 7 == 0), s_context, new ShrinkBounds(50, TimeSpan.FromMinutes(1)));
        Assert.Equal(50, _asked);
        _ = await Shrinker.ShrinkAsync(start, _ => throw new InvalidOperationException("asked without time"), s_context, new ShrinkBounds(50, TimeSpan.FromTicks(-1)));
    }

    [Theory]
    [InlineData("good")]
    [InlineData("emptypw")]
    public async Task A_login_that_must_succeed_is_that_of_the_account_good_where_that_shows_the_same(string key)
    {
        BytesStep Of(string kind, string attribute) => new(kind, new ByteTemplate([new AccountPart(key, attribute), new LiteralPart([0])]));
        FuzzCase start = NameCases.Of(NameCases.Field("port", "0\0"), Of("username", "name"), Of("password", "password"), NameCases.Field("command", "echo out; echo err >&2\0"));
        bool Shows(string request) => request.Split('\0') is [_, var name, var password, _, ..] && AccountFile.Default.Accounts.Any(account => account.Name == name && account.Password == password);
        FuzzCase small = await ShrinkAsync(start, Shows);
        Assert.Equal(key == "good" ? "\0good\0secret\0\0" : "\0emptypw\0\0\0", Server.Request(small).Replace("\0good\0secret", key == "good" ? "\0good\0secret" : "\0emptypw\0", StringComparison.Ordinal));
    }

    private Task<FuzzCase> ShrinkAsync(FuzzCase start, Func<string, bool> shows) => ShrinkAsync(start, (FuzzCase one) => shows(Server.Request(one)));

    private Task<FuzzCase> ShrinkAsync(FuzzCase start, Func<FuzzCase, bool> shows)
    {
        Assert.True(shows(start));
        _asked = 0;
        return Shrinker.ShrinkAsync(
            start,
            one =>
            {
                _asked++;
                return ValueTask.FromResult(shows(one));
            },
            s_context,
            ShrinkBounds.InMemory with { Time = TimeSpan.FromSeconds(30) });
    }
}
