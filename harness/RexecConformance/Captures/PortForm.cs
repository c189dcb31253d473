namespace RexecConformance.Captures;

/// <summary>What stays of a captured port field when it names another port.</summary>
/// <param name="LeadingZeros">Zeros before the number; any count.</param>
/// <param name="Plus">The multiple of 65536 that is added to the port.</param>
public readonly record struct PortForm(int LeadingZeros, long Plus);
