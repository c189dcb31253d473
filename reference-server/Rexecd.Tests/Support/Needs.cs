namespace Rexecd.Tests;

/// <summary>What tests need of the machine; without it they are skipped, and say why.</summary>
internal static class Needs
{
    public static void Linux() => Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux");

    public static void Root()
    {
        Linux();
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
    }
}
