namespace Onrush.Runs.Comparison;

/// <summary>What is compared with its like in another run.</summary>
/// <param name="Scenario">Name of the scenario; empty for all requests together.</param>
/// <param name="Method">HTTP method or request type; empty for all requests together.</param>
/// <param name="Name">Name the requests are grouped under.</param>
internal readonly record struct Endpoint(string Scenario, string Method, string Name) : IComparable<Endpoint>
{
    /// <summary>All requests together.</summary>
    public static readonly Endpoint All = new("", "", RunSnapshot.AggregatedName);

    /// <summary>By name, then method, then scenario; all together last.</summary>
    public int CompareTo(Endpoint other)
    {
        int order = (this == All).CompareTo(other == All);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        order = order != 0 ? order : string.CompareOrdinal(Method, other.Method);
        return order != 0 ? order : string.CompareOrdinal(Scenario, other.Scenario);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Name}".Trim();
}
