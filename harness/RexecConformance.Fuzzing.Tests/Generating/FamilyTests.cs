using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using Xunit.Abstractions;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>What the cases of the suite's world are like, taken together.</summary>
public sealed class FamilyTests(ITestOutputHelper output)
{
    private const int Cases = 60_000;

    private static readonly Lazy<FuzzCase[]> s_cases = new(() =>
    {
        var generator = new Generator(6, Worlds.Suite);
        return [.. Enumerable.Range(0, Cases).Select(i => generator.Create(i))];
    });

    [Fact]
    public void Few_cases_wait()
    {
        string[] families = [.. s_cases.Value.Where(one => one.Companions.Prepend(one).Sum(Waits) > 20).Select(one => one.Origin.Family)];
        int waiting = families.Length;
        output.WriteLine($"{waiting} of {Cases} cases wait, or may wait, for more than 20 ms: {string.Join(", ", families.CountBy(name => name).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.InRange(waiting, 1, Cases / 100);
    }

    [Fact]
    public void Every_length_around_every_limit_comes_up()
    {
        foreach ((string kind, IReadOnlyList<int> limits) in new[] { ("username", Worlds.Suite.Limits.UserName), ("password", Worlds.Suite.Limits.Password), ("command", Worlds.Suite.Limits.Command) })
        {
            Assert.NotEmpty(limits);
            HashSet<int> lengths = [.. s_cases.Value.SelectMany(one => one.Send.OfType<BytesStep>()).Where(step => step.Kind == kind)
                .Select(step => step.Bytes.Resolve(TestContext.Default).Length - 1)];
            foreach (int length in limits.SelectMany(limit => new[] { limit - 1, limit, limit + 1, limit + 2 }))
            {
                Assert.True(lengths.Contains(length), $"no {kind} of {length} bytes in {Cases} cases");
            }
        }
    }

    [Fact]
    public void Texts_of_more_bytes_than_characters_come_up_around_the_limits()
    {
        foreach (string kind in new[] { "username", "password" })
        {
            int wide = s_cases.Value.SelectMany(one => one.Send.OfType<BytesStep>()).Where(step => step.Kind == kind)
                .Select(step => step.Bytes.Resolve(TestContext.Default)).Count(bytes => bytes.Length > 15 && System.Text.Encoding.UTF8.GetCharCount(bytes) <= 15);
            Assert.True(wide > 100, $"{wide} texts of a {kind} that is over the limit in bytes alone");
        }
    }

    [Fact]
    public void All_behaviours_segmentations_and_acts_come_up()
    {
        FuzzCase[] cases = s_cases.Value;
        Assert.Equal(
            [AuxMode.None, AuxMode.Listen, AuxMode.Refuse, AuxMode.AcceptLate, AuxMode.NeverAccept, AuxMode.Reset],
            cases.Select(one => one.Aux.Mode).Distinct().Order());
        Assert.Equal(
            ["AfterFragmentation", "PerByteFragmentation", "PerFieldFragmentation", "SplitFragmentation", "WholeFragmentation"],
            cases.Select(one => one.Fragments.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        foreach (StreamName stream in new[] { StreamName.Primary, StreamName.Aux })
        {
            Assert.Contains(cases, one => one.Send.Contains(new HalfCloseStep(stream)));
            Assert.Contains(cases, one => one.Send.Contains(new CloseStep(stream)));
            Assert.Contains(cases, one => one.Send.Contains(new ResetStep(stream)));
        }

        Assert.Equal([0, 1, 2, 3], cases.Select(one => one.Companions.Count).Distinct().Order());
        Assert.True(cases.SelectMany(one => one.Send.OfType<SignalStep>()).SelectMany(step => step.Signals).Distinct().Count() > 50);
    }

    [Fact]
    public void A_request_that_is_not_whole_is_always_ended()
    {
        foreach (FuzzCase one in s_cases.Value.SelectMany(one => one.Companions.Prepend(one)))
        {
            int nuls = Requests.Bytes(one).Count(b => b == 0);
            bool ended = one.Send.Any(step => step is HalfCloseStep { Stream: StreamName.Primary } or CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary });
            Assert.True(nuls >= 4 || ended, $"case {one.Origin.Number} of {one.Origin.Family} is left open");
        }
    }

    [Fact]
    public void In_memory_some_outlast_the_server_and_some_end_nothing()
    {
        var generator = new Generator(6, Worlds.Suite with { InMemory = true });
        FuzzCase[] open = [.. Enumerable.Range(0, Cases).Select(i => generator.Create(i)).Where(one => one.Origin.Family == "left-open")];
        Assert.Contains(open, one => one.Send is [BytesStep, PauseStep { Duration.TotalSeconds: > 120 }] && Requests.Bytes(one).Contains((byte)0));
        Assert.Contains(open, one => one.Send is [PauseStep { Duration.TotalSeconds: > 120 }]);
        Assert.Contains(open, one => one.Send is [PauseStep { Duration.TotalSeconds: < 60 }, HalfCloseStep]);
        Assert.Contains(open, one => one.Send is [.., PauseStep { Duration.TotalSeconds: > 60 }, CloseStep]);

        Assert.Equal(Enum.GetValues<AuxMode>().Length, Enumerable.Range(0, Cases).Select(i => generator.Create(i).Aux.Mode).Distinct().Count());

        // The others are as they are elsewhere.
        Assert.All(Enumerable.Range(0, 2000).Select(i => generator.Create(i)).Where(one => one.Origin.Family is "username-length"), one =>
            Assert.Equal(s_cases.Value[one.Origin.Number].Send.Count(step => step is BytesStep), one.Send.Count(step => step is BytesStep)));
    }

    [Fact]
    public void Nothing_is_sent_on_a_stream_that_the_client_has_ended()
    {
        foreach (FuzzCase one in s_cases.Value)
        {
            int end = one.Send.ToList().FindIndex(step => step is HalfCloseStep { Stream: StreamName.Primary } or CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary });
            Assert.True(end < 0 || !one.Send.Skip(end).OfType<BytesStep>().Any(), $"case {one.Origin.Number} of {one.Origin.Family}");
        }
    }

    [Fact]
    public void Fields_have_their_nul_and_nothing_else_is_called_a_field()
    {
        foreach (BytesStep step in s_cases.Value.SelectMany(one => one.Send.OfType<BytesStep>()).Where(step => step.IsField))
        {
            Assert.Equal(0, Assert.IsType<LiteralPart>(step.Bytes.Parts[^1]).Bytes[^1]);
        }
    }

    [Fact]
    public void Segments_lie_within_the_request()
    {
        foreach (FuzzCase one in s_cases.Value)
        {
            int size = Requests.Bytes(one).Length;
            Assert.True(one.Fragments is not PerByteFragmentation || size <= PerByteFragmentation.MaxBytes, $"case {one.Origin.Number}: {size} bytes one by one");
            if (one.Fragments is SplitFragmentation split)
            {
                Assert.All(split.Offsets, offset => Assert.InRange(offset, 1, size - 1));
            }
        }
    }

    private static double Waits(FuzzCase one) => one.Aux.After.TotalMilliseconds
        + (one.Aux.Mode is AuxMode.BacklogFull or AuxMode.NeverAccept ? 10_000 : 0)
        + (one.Send.OfType<BytesStep>().Any(step => step.Kind == "command" && IsSlow(step)) ? 2000 : 0)
        + one.Send.Sum(step => step switch
        {
            PauseStep pause => pause.Duration.TotalMilliseconds,
            AwaitAuxStep wait => wait.Within.TotalMilliseconds,
            AwaitBytesStep wait => wait.Within.TotalMilliseconds,
            AwaitEndStep wait => wait.Within.TotalMilliseconds,
            _ => 0,
        });

    private static bool IsSlow(BytesStep step) => ByteText.Latin1.GetString(step.Bytes.Resolve(TestContext.Default)).Contains("sleep", StringComparison.Ordinal);
}
