namespace RexecConformance.Reports.Html;

/// <summary>Each value once, by number: thousands of results say the same things.</summary>
internal sealed class Pool
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    /// <summary>The values in the order of their numbers.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The number of a value.</summary>
    public int Of(string value)
    {
        if (!_numbers.TryGetValue(value, out int number))
        {
            _numbers[value] = number = _values.Count;
            _values.Add(value);
        }

        return number;
    }
}
