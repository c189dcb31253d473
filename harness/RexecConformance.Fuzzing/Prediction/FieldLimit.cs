namespace RexecConformance.Fuzzing.Prediction;

/// <summary>How long a field may be.</summary>
/// <param name="Longest">The longest accepted, bytes without the NUL; null is not stated.</param>
/// <param name="Full">The bytes, none of them NUL, after which the server refuses without waiting for more; null is not stated.</param>
/// <param name="Property">The property that states it, for messages.</param>
public readonly record struct FieldLimit(int? Longest, int? Full, string Property)
{
    /// <summary>No limit at all.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>What every server takes whose limit nobody states: the shortest of the limits of names that are known.</summary>
    public const int TakenByAll = 14;

    /// <summary>The same for a command: POSIX asks for an argument list of 4096 at least, the shortest buffer that is known has 511.</summary>
    public const int CommandTakenByAll = 511;
}

/// <summary>The limits of the three fields that can have one; the port's length has none in any source.</summary>
public sealed record FieldLimits(FieldLimit Username, FieldLimit Password, FieldLimit Command)
{
    /// <summary>Of a field.</summary>
    public FieldLimit Of(RequestField field) => field switch
    {
        RequestField.Username => Username,
        RequestField.Password => Password,
        RequestField.Command => Command,
        _ => new FieldLimit(FieldLimit.Unlimited, null, ""),
    };
}
