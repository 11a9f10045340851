namespace Onrush.Cli.Terminal.Summaries;

/// <summary>Signs of good and bad, in colour where the output is a terminal that wants it.</summary>
/// <param name="coloured">Whether to colour.</param>
internal readonly struct Marks(bool coloured)
{
    /// <summary>Without colour.</summary>
    public static readonly Marks Plain = new(false);

    /// <summary>Bold.</summary>
    public string Bold(string text) => Sgr("1", text);

    /// <summary>Green.</summary>
    public string Good(string text) => Sgr("32", text);

    /// <summary>Red.</summary>
    public string Bad(string text) => Sgr("31", text);

    /// <summary>Cyan, as values are in k6's summary.</summary>
    public string Value(string text) => Sgr("36", text);

    /// <summary>Faint.</summary>
    public string Faint(string text) => Sgr("2", text);

    /// <summary>A tick or a cross.</summary>
    public string Of(bool good) => good ? Good("✓") : Bad("✗");

    /// <summary>Colour is for terminals, unless NO_COLOR asks for none (no-color.org: whatever its value, unless empty).</summary>
    public static Marks For(bool terminal, IReadOnlyDictionary<string, string> environment) =>
        new(terminal && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR")));

    private string Sgr(string code, string text) => coloured && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
