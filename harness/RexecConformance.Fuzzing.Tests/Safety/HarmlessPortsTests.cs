using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Fuzzing.Tests.Generating;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Safety;

/// <summary>No case makes a server connect to a port where somebody may listen.</summary>
public sealed class HarmlessPortsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("0", true)]
    [InlineData("00000", true)]
    [InlineData("1", true)]
    [InlineData("7", true)]
    [InlineData("9", true)]
    [InlineData("65536", true)]
    [InlineData("65543", true)]
    [InlineData("40001", true)]
    [InlineData("105537", true)]
    [InlineData("22", false)]
    [InlineData("65558", false)]
    [InlineData("80", false)]
    [InlineData("2375", false)]
    [InlineData("a", false)]
    [InlineData(" 7", false)]
    [InlineData(" 0000000000000007", true)]
    [InlineData("good0000000000000000", true)]
    [InlineData("good", false)]
    [InlineData("+80", false)]
    [InlineData("40002", false)]
    [InlineData("-0000000000000007", true)]
    [InlineData("-80", false)]
    [InlineData("\u00ff", false)]
    public void A_field_is_read_in_every_way(string field, bool allowed) =>
        Assert.Equal(allowed, HarmlessPorts.Allowed(ByteText.Latin1.GetBytes(field), 40001));

    [Fact]
    public void A_byte_that_is_negative_for_some_is_read_in_both_ways()
    {
        // 0xd0 - 48 = 160 unsigned, -96 signed: 16 digits behind it make both 7.
        Assert.True(HarmlessPorts.Allowed([0xd0, .. Encoding.ASCII.GetBytes("0000000000000007")], 0));
        Assert.False(HarmlessPorts.Allowed([0xd0, .. "0000007"u8], 0));
    }

    [Fact]
    public void A_case_is_looked_at_with_its_companions()
    {
        FuzzCase harmless = Case("40001\0good\0");
        FuzzCase harmful = Case("22\0good\0");
        Assert.True(HarmlessPorts.Safe(harmless with { Companions = [harmless, Case("22")] }, TestContext.Default));
        Assert.False(HarmlessPorts.Safe(harmful, TestContext.Default));
        Assert.False(HarmlessPorts.Safe(harmless with { Companions = [harmless, harmful] }, TestContext.Default));
        Assert.False(HarmlessPorts.Safe(Case("22") with { Companions = [harmful] }, TestContext.Default));
    }

    private static FuzzCase Case(string request) => new()
    {
        Origin = new CaseOrigin(0, 0, "test"),
        Aux = new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero),
        Fragments = new WholeFragmentation(),
        Send = [.. request.Chunk(1).Select(one => new BytesStep("bytes", new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes(one))])))],
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_cases_of_the_suite_name_harmless_ports(bool harmless)
    {
        var generator = new Generator(5, Worlds.Suite with { HarmlessCommandsOnly = harmless });
        int asked = 0;
        for (int i = 0; i < 30_000; i++)
        {
            FuzzCase made = generator.Create(i);
            Assert.True(HarmlessPorts.Safe(made, TestContext.Default));
            foreach (FuzzCase one in made.Companions.Prepend(made))
            {
                int port = one.Aux.Mode == AuxMode.None ? 0 : 1024 + (i % 64512);
                ReadOnlySpan<byte> bytes = Requests.Bytes(one, port);
                int nul = bytes.IndexOf((byte)0);
                if (nul >= 0)
                {
                    asked++;
                    Assert.True(HarmlessPorts.Allowed(bytes[..nul], port), $"case {i}, {made.Origin.Family}: port field {ByteText.Escape(bytes[..nul], 60)}, client's port {port}");
                }
            }
        }

        Assert.True(asked > 25_000);
    }
}
