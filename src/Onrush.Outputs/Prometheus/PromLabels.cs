namespace Onrush.Outputs.Prometheus;

/// <summary>Labels of a series, sorted by name; empty ones are left out, since to Prometheus they are none. Immutable.</summary>
internal sealed class PromLabels
{
    /// <summary>No labels.</summary>
    public static readonly PromLabels None = new();

    private readonly SortedDictionary<string, string> _labels = new(StringComparer.Ordinal);

    /// <summary>The labels by name.</summary>
    public IReadOnlyDictionary<string, string> All => _labels;

    /// <summary>Labels of the given names and values.</summary>
    public static PromLabels Of(params ReadOnlySpan<(string Name, string? Value)> labels) => None.With(labels);

    /// <summary>The same with more of them; a name that is there already keeps its value.</summary>
    public PromLabels With(params ReadOnlySpan<(string Name, string? Value)> labels)
    {
        var more = new PromLabels();
        foreach (var (name, value) in _labels)
            more._labels.Add(name, value);
        foreach (var (name, value) in labels)
        {
            if (!string.IsNullOrEmpty(value))
                more._labels.TryAdd(NameOf(name), value);
        }

        return more;
    }

    /// <summary>The same with the tags of a series.</summary>
    public PromLabels With(Measurement.TagSet? tags) => tags is null or { IsEmpty: true } ? this : With([.. tags.Tags.Select(tag => (tag.Key, (string?)tag.Value))]);

    /// <summary>A name as Prometheus allows it: letters, digits and underscores, no digit first.</summary>
    public static string NameOf(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }
}
