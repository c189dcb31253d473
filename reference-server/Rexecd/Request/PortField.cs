namespace Rexecd;

/// <summary>
/// The arithmetic of the port field (facts 2.2): <c>port = port * 10 + (byte - '0')</c> in 16 bits, no check of any kind.
/// </summary>
public static class PortField
{
    /// <summary>The port after one more byte of the field.</summary>
    public static ushort Add(ushort port, byte next, PortArithmetic arithmetic)
    {
        int digit = (arithmetic == PortArithmetic.SignedChar ? (sbyte)next : next) - '0';
        return unchecked((ushort)((port * 10) + digit));
    }
}
