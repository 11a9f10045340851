namespace Onrush.Data;

/// <summary>Makes texts of one column, and of the same text one object, as long as the column does not turn out to be all different.</summary>
internal sealed class TextPool
{
    private const int MostTexts = 4096;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private bool _isFull;

    public TextPool() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Text(ReadOnlySpan<char> characters)
    {
        if (characters.IsEmpty)
            return "";
        if (_isFull)
            return characters.ToString();
        if (_lookup.TryGetValue(characters, out var present))
            return present;
        var text = characters.ToString();
        _texts.Add(text);
        _isFull = _texts.Count >= MostTexts;
        if (_isFull)
            _texts.Clear();
        return text;
    }
}
