using RexecConformance.Captures;

namespace RexecConformance.Tests.Captures.Showing;

/// <summary>Whatever the bytes of a capture are, it can be shown, and nothing of it reaches a terminal that is no printable text.</summary>
public sealed class HostileCaptureTests
{
    public static TheoryData<string> Slugs => ["glibc-aux-out-err", "glibc-bad-password", "glibc-user-too-long", "commonsnet-aux-out-err"];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void FlippedBytesAreShown(string slug)
    {
        var whole = File.ReadAllBytes(CaptureFiles.Committed(slug));
        var random = new Random(slug.Length);
        for (var i = 0; i < 1_000; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
            {
                bytes[random.Next(24, bytes.Length)] = (byte)random.Next(256);
            }

            Show(bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void MissingPacketsAreShown(string slug)
    {
        var whole = File.ReadAllBytes(CaptureFiles.Committed(slug));
        var records = new List<(int At, int Length)>();
        for (var at = 24; at < whole.Length; at += records[^1].Length)
        {
            records.Add((at, 16 + BitConverter.ToInt32(whole, at + 8)));
        }

        // Each packet alone, then each pair.
        for (var one = 0; one < records.Count; one++)
        {
            for (var other = one; other < records.Count; other++)
            {
                var left = records.Where((_, i) => i != one && i != other).SelectMany(record => whole[record.At..(record.At + record.Length)]);
                var text = Show([.. whole[..24], .. left]);
                // These captures' passwords.
                Assert.DoesNotContain("wonder-1865", text);
                Assert.DoesNotContain("wrong-pass", text);
                Assert.DoesNotContain("776f6e6465722d31383635", text.Replace(" ", ""));
                Assert.DoesNotContain("77726f6e672d70617373", text.Replace(" ", ""));
            }
        }
    }

    private static string Show(byte[] capture)
    {
        try
        {
            var (table, talk) = Shown.Table(capture);
            var text = string.Join('\n', talk.Prepend(table).Append(Shown.Dialogue(capture)).Append(Shown.Json(capture)));
            Assert.DoesNotContain(text, c => c != '\n' && (c < ' ' || c == '\x7f' || c is >= '\x80' and < '\xa0'));
            return text;
        }
        catch (CaptureFormatException)
        {
            // The magic number or the version was hit: a right answer.
            return "";
        }
    }
}
