using System.Globalization;

namespace RexecConformance.Scenarios;

/// <summary>A condition on one property of a dialect: any of some values, or a comparison.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Operator"><c>=</c>, or one of <c>&lt; &lt;= &gt; &gt;=</c> for numbers.</param>
/// <param name="Values">For <c>=</c> the values, any of them; else one number.</param>
public sealed record Condition(string Property, string Operator, IReadOnlyList<string> Values)
{
    /// <summary>In place of a property: the dialect's own name. For what was captured of one server, and is known of no other.</summary>
    public const string DialectName = "dialect";

    /// <summary>Whether a property's value satisfies it. <c>unlimited</c> is larger than any number.</summary>
    public bool Holds(string value)
    {
        if (Operator == "=")
        {
            return Values.Contains(value);
        }

        if (!TryNumber(value, out long left) || !TryNumber(Values[0], out long right))
        {
            return false;
        }

        return Operator switch
        {
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Property + (Operator == "=" ? $" is {string.Join(" or ", Values)}" : $" {Operator} {Values[0]}");

    private static bool TryNumber(string text, out long number)
    {
        number = long.MaxValue;
        return text == "unlimited"
            || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
