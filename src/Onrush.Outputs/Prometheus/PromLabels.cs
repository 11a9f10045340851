using System.Buffers;

namespace Onrush.Outputs.Prometheus;

/// <summary>Labels of a series, sorted by name; empty ones are left out, since to Prometheus they are none. Equal when they say the same. Immutable.</summary>
internal sealed class PromLabels : IEquatable<PromLabels>
{
    /// <summary>No labels.</summary>
    public static readonly PromLabels None = new([]);

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private readonly KeyValuePair<string, string>[] _labels;
    private readonly int _hash;

    // Looked up with each sample, so the hash is worked out once.
    private PromLabels(KeyValuePair<string, string>[] sorted)
    {
        _labels = sorted;
        var hash = new HashCode();
        foreach (var (name, value) in sorted)
        {
            hash.Add(name);
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The labels by name.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> All => _labels;

    /// <summary>Labels of the given names and values.</summary>
    public static PromLabels Of(params ReadOnlySpan<(string Name, string? Value)> labels) => None.With(labels);

    /// <summary>The same with more of them; a name that is there already keeps its value.</summary>
    public PromLabels With(params ReadOnlySpan<(string Name, string? Value)> labels)
    {
        if (labels.IsEmpty)
            return this;
        List<KeyValuePair<string, string>> more = [.. _labels];
        foreach (var (name, value) in labels)
        {
            if (string.IsNullOrEmpty(value))
                continue;
            var plain = NameOf(name);
            var at = 0;
            while (at < more.Count && string.CompareOrdinal(more[at].Key, plain) < 0)
                at++;
            if (at == more.Count || more[at].Key != plain)
                more.Insert(at, new(plain, value));
        }

        return new([.. more]);
    }

    /// <summary>The same with the tags of a series.</summary>
    public PromLabels With(Measurement.TagSet? tags) => tags is null or { IsEmpty: true } ? this : With([.. tags.Tags.Select(tag => (tag.Key, (string?)tag.Value))]);

    /// <inheritdoc/>
    public bool Equals(PromLabels? other)
    {
        if (other is null || other._hash != _hash || other._labels.Length != _labels.Length)
            return false;
        for (var i = 0; i < _labels.Length; i++)
        {
            if (_labels[i].Key != other._labels[i].Key || _labels[i].Value != other._labels[i].Value)
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PromLabels);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>A name as Prometheus allows it: letters, digits and underscores, no digit first.</summary>
    public static string NameOf(string name)
    {
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.AsSpan().IndexOfAnyExcept(s_allowed) < 0)
            return name;
        var plain = string.Concat(name.Select(c => s_allowed.Contains(c) ? c : '_'));
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }
}
