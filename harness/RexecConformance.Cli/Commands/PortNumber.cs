using System.CommandLine.Parsing;
using System.Globalization;

namespace RexecConformance.Cli.Commands;

/// <summary>Checks a TCP port that a person gives.</summary>
internal static class PortNumber
{
    public static void Check(OptionResult result, string option)
    {
        if (result.Tokens is [{ Value: var text }]
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue))
        {
            result.AddError($"{option}: '{text}' is no port, expected a number from 1 to 65535");
        }
    }
}
