using RexecConformance.Bytes;

namespace RexecConformance.Captures.Showing;

/// <summary>Tells a port field that is no plain number from 0 to 65535. Five digits are nothing odd.</summary>
internal static class PortFieldWarning
{
    private const int Shown = 20;

    /// <summary>One line, or null where there is nothing to tell.</summary>
    public static string? Of(RequestField port)
    {
        if (port.State != FieldState.Complete)
        {
            return null;
        }

        var bytes = port.Bytes.Span;
        var meant = PortField.Value(bytes);
        var arrived = $"servers add up 16 bits and arrive at {(meant == 0 ? "0, which asks for no aux connection" : $"port {meant}")}";
        var text = $"the port field \"{ByteText.Escape(bytes, Shown)}\"";
        if (bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            var signed = PortField.Value(bytes, signedBytes: false) is var other && other != meant ? $" (or at {other}, where bytes have no sign)" : "";
            return $"{text} has bytes that are no digits: {arrived}{signed}";
        }

        var digits = bytes.TrimStart((byte)'0');
        if (digits.Length > 5 || (digits.Length == 5 && int.Parse(digits) > ushort.MaxValue))
        {
            return $"{text} is more than 65535: {arrived}";
        }

        return bytes.Length > 1 && bytes[0] == (byte)'0' ? $"{text} has leading zeros: {arrived}" : null;
    }
}
