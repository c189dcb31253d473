namespace RexecConformance.Reports;

/// <summary>Colours for a terminal; without <paramref name="Colour"/> text stays as it is.</summary>
/// <param name="Colour">Whether colour codes are written.</param>
internal readonly record struct Paint(bool Colour)
{
    public string Red(string text) => Wrap("31", text);

    public string Green(string text) => Wrap("32", text);

    public string Yellow(string text) => Wrap("33", text);

    public string Bold(string text) => Wrap("1", text);

    public string Dim(string text) => Wrap("2", text);

    private string Wrap(string code, string text) => Colour && text.Length > 0 ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
