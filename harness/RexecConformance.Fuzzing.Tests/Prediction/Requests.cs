using FsCheck;
using FsCheck.Fluent;
using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Requests at random: mostly near what a server takes, some far from it.</summary>
internal static class Requests
{
    private static readonly Gen<string> s_garbage =
        Gen.Choose(0, 40).SelectMany(length => Gen.ArrayOf(Gen.Choose(1, 255).Select(b => (char)b), length)).Select(chars => new string(chars));

    private static readonly Gen<string> s_name = Gen.OneOf(
        Gen.Elements("good", "victim", "nohome", "badsh", "noshell", "emptypw", "root", "toor", "expired", "pwexpired", "pw15", "", "GOOD", "nobody"),
        Gen.Choose(0, 20).Select(length => "abcdefghijklmnopqrst"[..length]),
        s_garbage);

    private static readonly Gen<string> s_password = Gen.OneOf(
        Gen.Elements("secret", "secret", "secret", "Secret", "", "0123456789abcde"), Gen.Choose(0, 20).Select(length => new string('p', length)), s_garbage);

    private static readonly Gen<string> s_port = Gen.OneOf(
        Gen.Elements("", "0", "40123", "105659", "00040123", "1", "-1", "99999999999999999999"), Gen.Choose(0, 200_000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), s_garbage);

    private static readonly Gen<string> s_command = Gen.OneOf(
        Gen.Elements("echo out", "echo out; echo err >&2", "cat", "cat >&2", "exit 7", "pwd", "id -un", "true", "", "  echo out\t# why", "nosuchcommand a", "sleep 2", "seq 1 20000"),
        s_garbage);

    /// <summary>Four fields with their NULs.</summary>
    public static readonly Gen<string> Complete =
        from port in s_port
        from name in s_name
        from password in s_password
        from command in s_command
        select $"{port}\0{name}\0{password}\0{command}\0";

    /// <summary>The same with some of its end missing, or more behind it.</summary>
    public static readonly Gen<string> Any =
        from request in Complete
        from shape in Gen.Choose(0, 2)
        from cut in Gen.Choose(0, request.Length)
        from input in s_garbage
        select shape == 0 ? request : shape == 1 ? request[..cut] : request + input;

    /// <summary>A dialect's name.</summary>
    public static readonly Gen<string> Dialect = Gen.Elements(Suite.Tree.Dialects.Keys.Order(StringComparer.Ordinal).ToArray());

    public static byte[] Bytes(string request) => ByteText.Latin1.GetBytes(request);

    /// <summary>Looks for a counterexample.</summary>
    public static void ForAll<T>(Gen<T> gen, Func<T, bool> holds) => Prop.ForAll(gen.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
