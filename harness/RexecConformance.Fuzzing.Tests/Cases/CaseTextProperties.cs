using FsCheck;
using FsCheck.Fluent;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Cases;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Cases;

/// <summary>Any bytes at all survive being written and read.</summary>
public sealed class CaseTextProperties
{
    private const int Samples = 3000;

    private static readonly Gen<byte[]> s_bytes = Gen.OneOf(
        Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)),
        Gen.ArrayOf(Gen.Elements("$${}.\"\\\n\0aé"u8.ToArray())),
        Gen.Elements("é", "漢", "😀", "ab", "\0").SelectMany(unit => Gen.Choose(0, 400).Select(times => System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, times))))));

    private static readonly Gen<BytePart> s_part = Gen.OneOf(
        s_bytes.Select(bytes => (BytePart)new LiteralPart(bytes)),
        s_bytes.Select(bytes => (BytePart)new LiteralPart(bytes)),
        Gen.Elements<BytePart>(new AuxPortPart(0), new AuxPortPart(4294967296), new AccountPart("good", "name"), new AccountPart("pw14", "password"), new OperationPart("fail")));

    private static readonly Gen<SendStep> s_step = Gen.Elements("port", "username", "password", "command", "bytes", "stdin").SelectMany(
        kind => Gen.ListOf(s_part).Select(parts => (SendStep)new BytesStep(kind, new ByteTemplate([.. parts]))));

    [Fact]
    public void Any_bytes_come_back()
    {
        Prop.ForAll(Arb.From(Gen.ListOf(s_step)), steps =>
        {
            var made = new FuzzCase
            {
                Origin = new CaseOrigin(1, 2, "any"),
                Aux = new AuxBehaviour(AuxMode.None, TimeSpan.Zero),
                Fragments = new WholeFragmentation(),
                Send = [.. steps],
            };
            string line = CaseText.Write(made);
            FuzzCase read = CaseText.Read(line);
            CaseTextTests.Same(made, read);
            Assert.Equal(line, CaseText.Write(read));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Samples));
    }

    [Fact]
    public void Any_text_is_a_case_or_an_error_of_one_line()
    {
        string whole = CaseText.Write(new FuzzCase
        {
            Origin = new CaseOrigin(1, 2, "any"),
            Aux = new AuxBehaviour(AuxMode.Listen, TimeSpan.FromMilliseconds(1)),
            Fragments = new SplitFragmentation([1, 5]),
            Send = [new BytesStep("username", new ByteTemplate([new AccountPart("good", "name"), new LiteralPart([0xff, 0])])), new SignalStep([1])],
        });
        var damage = Gen.Choose(0, whole.Length - 1).SelectMany(at => Gen.Choose(0, 3).SelectMany(kind => Gen.Elements("\"{}[]:,0-e$u\u0416\\".ToCharArray()).Select(c => kind switch
        {
            0 => whole.Remove(at, 1),
            1 => whole[..at],
            2 => whole.Insert(at, c.ToString()),
            _ => whole[..at] + c + whole[(at + 1)..],
        })));
        Prop.ForAll(Arb.From(damage), text =>
        {
            try
            {
                _ = CaseText.Write(CaseText.Read(text));
            }
            catch (FormatException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Samples));
    }
}
