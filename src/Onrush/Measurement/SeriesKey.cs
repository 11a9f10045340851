namespace Onrush.Measurement;

/// <summary>What is measured together.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Method">HTTP method or request type.</param>
/// <param name="Name">Name the requests are grouped under.</param>
/// <param name="Tags">Further tags, the group among them; null for none, never an empty set.</param>
internal readonly record struct SeriesKey(string Scenario, string Method, string Name, TagSet? Tags = null) : IComparable<SeriesKey>
{
    /// <summary>Name of the series that takes what is past the limit on names, one per scenario and method.</summary>
    public const string OtherName = "(other)";

    /// <summary>By name, then method, then scenario, as Locust sorts its tables.</summary>
    public int CompareTo(SeriesKey other)
    {
        int order = string.CompareOrdinal(Name, other.Name);
        if (order == 0)
            order = string.CompareOrdinal(Method, other.Method);
        if (order == 0)
            order = string.CompareOrdinal(Scenario, other.Scenario);
        return order != 0 ? order : (Tags ?? TagSet.Empty).CompareTo(other.Tags ?? TagSet.Empty);
    }
}
