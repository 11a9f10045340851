using Onrush.Measurement;

namespace Onrush.Outputs.Prometheus;

/// <summary>Labels of a series, sorted by name; empty ones are left out, since to Prometheus they are none. Compared by content. Immutable.</summary>
internal sealed record PromLabels
{
    /// <summary>No labels.</summary>
    public static readonly PromLabels None = new(TagSet.Empty);

    private readonly TagSet _labels;

    private PromLabels(TagSet labels) => _labels = labels;

    /// <summary>The labels by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _labels.Tags;

    /// <summary>Labels of the given names and values.</summary>
    public static PromLabels Of(params IEnumerable<(string Name, string? Value)> labels) => None.With(labels);

    /// <summary>The same with more of them; a name that is there already keeps its value.</summary>
    public PromLabels With(params IEnumerable<(string Name, string? Value)> labels)
    {
        // Of two with the same name a set takes the later one.
        var more = labels.Where(label => !string.IsNullOrEmpty(label.Value)).Select(label => KeyValuePair.Create(NameOf(label.Name), label.Value!)).Reverse().ToArray();
        return more.Length == 0 ? this : new(TagSet.Of([.. more, .. All]));
    }

    /// <summary>The same with the tags of a series.</summary>
    public PromLabels With(TagSet? tags) => tags is null ? this : With(tags.Tags.Select(tag => (tag.Key, (string?)tag.Value)));

    /// <summary>A name as Prometheus allows it: letters, digits and underscores, no digit first.</summary>
    public static string NameOf(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }
}
