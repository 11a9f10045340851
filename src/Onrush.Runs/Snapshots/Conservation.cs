namespace Onrush.Runs;

/// <summary>
/// Whether every request that was begun is accounted for: started = succeeded + failed + cancelled + in flight, per series and per
/// worker, and nothing in flight once the run is over.
/// </summary>
/// <param name="Errors">One sentence per broken count; empty when everything agrees.</param>
public sealed record Conservation(IReadOnlyList<string> Errors)
{
    /// <summary>Everything agrees.</summary>
    public static readonly Conservation Holding = new([]);

    /// <summary>True when no count is broken.</summary>
    public bool Holds => Errors.Count == 0;
}
