namespace Onrush.Measurement;

/// <summary>
/// Gives every set of tags that is in use on one loop its index, and remembers what becomes of a set when a tag is added: a user in a group
/// carries a number, and entering the group again costs one look-up. Hot: owned by the loop's thread. Past the limit on different sets every
/// further one is <see cref="Other"/>, or <see cref="OtherMeasured"/> with the tag of what is no HTTP request.
/// </summary>
internal sealed class TagTable
{
    /// <summary>The index of no tags.</summary>
    public const int None = 0;

    /// <summary>The index of what is past the limit.</summary>
    public const int Other = 1;

    /// <summary>The index of what is past the limit and no HTTP request.</summary>
    public const int OtherMeasured = 2;

    /// <summary>Between the names of nested groups, and in front of the first: k6's way.</summary>
    public const string GroupSeparator = "::";

    private const int MostSteps = 20_000;

    private readonly int _most;
    private readonly List<TagSet> _sets = [TagSet.Empty, TagSet.Other, TagSet.OtherMeasured];
    private readonly Dictionary<TagSet, int> _indices = new() { [TagSet.Empty] = None };
    private readonly Dictionary<(int From, string Name, string Value), int> _steps = [];
    private readonly Dictionary<(int From, string Group), int> _entries = [];

    /// <param name="most">Different sets that are told apart.</param>
    public TagTable(int most) => _most = most;

    /// <summary>The tags of an index.</summary>
    public TagSet this[int index] => _sets[index];

    /// <summary>Whether an index stands for what is past the limit.</summary>
    public static bool IsOther(int index) => index is Other or OtherMeasured;

    /// <summary>The index of what takes a set of tags that is past a limit.</summary>
    public int RestOf(int index) => ReferenceEquals(_sets[index].Rest, TagSet.Other) ? Other : OtherMeasured;

    /// <summary>The set with one more tag, or with another value for it; an empty value takes the tag away.</summary>
    public int With(int from, string name, string value)
    {
        if (IsOther(from))
            return name == MetricTags.Protocol ? OtherMeasured : from;
        return _steps.TryGetValue((from, name, value), out var to) ? to : WithFirst(from, name, value);
    }

    /// <summary>The set inside of a group that is entered.</summary>
    public int Enter(int from, string group)
    {
        if (IsOther(from))
            return from;
        if (_entries.TryGetValue((from, group), out var to))
            return to;
        to = With(from, MetricTags.Group, _sets[from][MetricTags.Group] + GroupSeparator + group);
        if (!IsOther(to))
            Keep(_entries, (from, group), to);
        return to;
    }

    // Apart from its only caller, which would else make the closure for every call.
    private int WithFirst(int from, string name, string value)
    {
        var tags = _sets[from].Tags.Where(t => t.Key != name);
        var to = IndexOf(TagSet.Of(value.Length == 0 ? tags : tags.Append(new(name, value))));
        if (!IsOther(to))
            Keep(_steps, (from, name, value), to);
        return to;
    }

    private static void Keep<TKey>(Dictionary<TKey, int> steps, TKey step, int to)
        where TKey : notnull
    {
        // Tags with a value of their own for every request would fill it; the sets they lead to have a limit already.
        if (steps.Count >= MostSteps)
            steps.Clear();
        steps.Add(step, to);
    }

    private int IndexOf(TagSet set)
    {
        if (_indices.TryGetValue(set, out var index))
            return index;
        if (_indices.Count > _most)
            return ReferenceEquals(set.Rest, TagSet.Other) ? Other : OtherMeasured;
        _sets.Add(set);
        _indices.Add(set, _sets.Count - 1);
        return _sets.Count - 1;
    }
}
