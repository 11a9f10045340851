namespace Onrush.Measurement;

/// <summary>
/// Tags of what is measured, such as <c>group=::login</c>: sorted by name, each name once. Immutable and compared by content; the hash is computed once.
/// </summary>
internal sealed class TagSet : IEquatable<TagSet>, IComparable<TagSet>
{
    /// <summary>No tags.</summary>
    public static readonly TagSet Empty = new([]);

    /// <summary>What takes the combinations of tags that are past the limit.</summary>
    public static readonly TagSet Other = new([new(OtherName, OtherName)]);

    /// <summary>The same for operations that are no HTTP requests, which are never mixed up with these.</summary>
    public static readonly TagSet OtherMeasured = new([new(OtherName, OtherName), new(MetricTags.Protocol, MetricTags.MeasuredProtocol)]);

    private const string OtherName = "(other)";

    private readonly KeyValuePair<string, string>[] _tags;
    private readonly int _hash;

    private TagSet(KeyValuePair<string, string>[] sorted)
    {
        _tags = sorted;
        var hash = new HashCode();
        foreach (var (name, value) in sorted)
        {
            hash.Add(name);
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The tags by name, in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags => _tags;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _tags.Length == 0;

    /// <summary>Whether it takes what is past the limit.</summary>
    public bool IsOther => ReferenceEquals(this, Other) || this[OtherName] is not null;

    /// <summary>What takes these tags when they are past the limit.</summary>
    public TagSet Rest => this[MetricTags.Protocol] is null ? Other : OtherMeasured;

    /// <summary>The value of a tag; null when there is none of that name.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var tag in _tags)
            {
                if (tag.Key == name)
                    return tag.Value;
            }

            return null;
        }
    }

    /// <summary>A set of the given tags; of two with the same name the later one holds.</summary>
    public static TagSet Of(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
            sorted[name] = value;
        return sorted.Count == 0 ? Empty : new TagSet([.. sorted]);
    }

    /// <summary>The same tags with one more, or with another value for one of them.</summary>
    public TagSet With(string name, string value) => this[name] == value ? this : Of([.. _tags, new(name, value)]);

    /// <summary>Both together; of two with the same name that of <paramref name="other"/> holds.</summary>
    public TagSet With(TagSet other) => other.IsEmpty ? this : IsEmpty ? other : Of([.. _tags, .. other._tags]);

    /// <inheritdoc/>
    public bool Equals(TagSet? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || _hash != other._hash || _tags.Length != other._tags.Length)
            return false;

        // Not as sequences: a pair has no comparison of its own, and that of any structure goes by reflection.
        for (var i = 0; i < _tags.Length; i++)
        {
            if (_tags[i].Key != other._tags[i].Key || _tags[i].Value != other._tags[i].Value)
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TagSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public int CompareTo(TagSet? other)
    {
        if (other is null)
            return 1;
        for (var i = 0; i < Math.Min(_tags.Length, other._tags.Length); i++)
        {
            var order = string.CompareOrdinal(_tags[i].Key, other._tags[i].Key);
            if (order == 0)
                order = string.CompareOrdinal(_tags[i].Value, other._tags[i].Value);
            if (order != 0)
                return order;
        }

        return _tags.Length.CompareTo(other._tags.Length);
    }

    /// <summary>As in a threshold: <c>{group:::login,page:home}</c>; nothing for no tags.</summary>
    public override string ToString() => IsEmpty ? "" : "{" + string.Join(',', _tags.Select(t => $"{t.Key}:{t.Value}")) + "}";
}
