using System.Security.Cryptography;
using System.Text;
using RexecConformance.Fuzzing.Cases;
using RexecConformance.Fuzzing.Generating;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>The first cases of seed 1 in the small world, as they must stay: <c>pinned-cases.txt</c>.</summary>
/// <remarks>
/// A considered change of a family changes them, and every seed that somebody has noted down; then REXEC_RENEW_CASES=1 writes the file
/// again. Its first line is the hash of all; the others are the first of them, so that a change can be looked at.
/// </remarks>
internal static class PinnedCases
{
    public const int Count = 1000;

    private const int Shown = 40;

    public static string File { get; } = Path.Combine(Worlds.Repository, "harness", "RexecConformance.Fuzzing.Tests", "Generating", "pinned-cases.txt");

    public static string Text(Generator generator)
    {
        string[] lines = [.. Enumerable.Range(0, Count).Select(number => CaseText.Write(generator.Create(number)))];
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));
        return $"sha256 of the first {Count}: {hash}\n" + string.Concat(lines.Take(Shown).Select(line => line + "\n"));
    }
}
