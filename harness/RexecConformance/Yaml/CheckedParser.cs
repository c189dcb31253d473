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
/// process. Brackets, hyphens and indentation nest alike; what stands in quotes or comments does not. And knows where it is when the
/// library gives up.
/// </summary>
internal sealed class CheckedParser(IParser inner, int most) : IParser
{
    private readonly HashSet<string> _anchors = [];
    private int _depth;

    /// <summary>Where the last thing ended that could be read.</summary>
    public Mark Place { get; private set; } = new(0, 1, 1);

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
        Place = inner.Current?.End ?? Place;
        switch (inner.Current)
        {
            case { } current when _depth > most:
                throw new TooDeepException(current.Start, current.End, most);
            // The library looks for them at the end, where it no longer knows the place.
            case AnchorAlias alias when !_anchors.Contains(alias.Value.Value):
                throw new YamlException(alias.Start, alias.End, $"there is no anchor '{alias.Value.Value}' before this place");
            case NodeEvent { Anchor: { IsEmpty: false } anchor }:
                _ = _anchors.Add(anchor.Value);
                break;
        }

        return more;
    }
}
