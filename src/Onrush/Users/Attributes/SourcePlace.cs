namespace Onrush.Users;

/// <summary>Where something stands in the load test's source, as the compiler recorded it. Ordered as declared.</summary>
internal sealed record SourcePlace(string File, int Line) : IComparable<SourcePlace>
{
    public int CompareTo(SourcePlace? other)
    {
        var files = string.CompareOrdinal(File, other?.File);
        return files != 0 ? files : Line.CompareTo(other!.Line);
    }
}
