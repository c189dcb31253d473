namespace Rexecd;

internal static class Program
{
    private static Task<int> Main(string[] args) => InetdHost.IsAsked(args)
        ? InetdHost.RunAsync(args, Console.Error)
        : CommandLine.RunAsync(args, Console.Out, Console.Error);
}
