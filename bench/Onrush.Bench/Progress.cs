namespace Onrush.Bench;

/// <summary>What the person at the terminal sees meanwhile, and what the page has to mention.</summary>
internal sealed class Progress(TextWriter screen)
{
    private readonly List<string> _notes = [];

    /// <summary>Sentences for the page.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void Say(string text) => screen.WriteLine(text);

    /// <summary>Says it, and keeps its first line for the page.</summary>
    public void Note(string text)
    {
        Say(text);
        _notes.Add(text.Split('\n')[0].TrimEnd());
    }
}
