using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RexecConformance.Yaml;

/// <summary>A file is nested deeper than any that a person writes.</summary>
/// <param name="start">Where the first list or mapping begins that is too deep.</param>
/// <param name="end">Its end.</param>
/// <param name="most">How deep a file may be.</param>
internal sealed class TooDeepException(Mark start, Mark end, int most) : YamlException(start, end, $"lists and mappings are nested more than {most} deep");

/// <summary>
/// Stops before lists and mappings that are nested too deep: the tree is built by calls within calls, and a stack that is full ends the
/// process. Brackets, hyphens and indentation nest alike; what stands in quotes or comments does not.
/// </summary>
internal sealed class DepthLimit(IParser inner, int most) : IParser
{
    private int _depth;

    /// <inheritdoc/>
    public ParsingEvent? Current => inner.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        bool more = inner.MoveNext();
        _depth += inner.Current switch
        {
            SequenceStart or MappingStart => 1,
            SequenceEnd or MappingEnd => -1,
            _ => 0,
        };
        return _depth <= most ? more : throw new TooDeepException(inner.Current!.Start, inner.Current.End, most);
    }
}
