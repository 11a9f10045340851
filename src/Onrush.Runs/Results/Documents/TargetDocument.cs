namespace Onrush.Runs.Results;

/// <summary>A measurement of the target itself, such as its CPU.</summary>
internal sealed record TargetDocument
{
    /// <summary>What it was read from.</summary>
    public required string Source { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its unit as people write it; empty when nobody said.</summary>
    public required string Unit { get; init; }

    /// <summary>Mean of all readings; null when there is none.</summary>
    public required double? Average { get; init; }

    /// <summary>The smallest reading.</summary>
    public required double? Min { get; init; }

    /// <summary>The largest reading.</summary>
    public required double? Max { get; init; }

    /// <summary>The newest reading.</summary>
    public required double? Last { get; init; }

    /// <summary>The course, oldest first.</summary>
    public required IReadOnlyList<TargetPointDocument> Points { get; init; }
}

/// <summary>Readings of the target in one point of the course.</summary>
internal sealed record TargetPointDocument
{
    /// <summary>Beginning of the point, in seconds from the start of the run.</summary>
    public required int StartSecond { get; init; }

    /// <summary>Length of the point in seconds.</summary>
    public required int LengthSeconds { get; init; }

    /// <summary>Mean of the readings; null where it could not be read.</summary>
    public required double? Average { get; init; }

    /// <summary>The smallest of them.</summary>
    public required double? Min { get; init; }

    /// <summary>The largest of them.</summary>
    public required double? Max { get; init; }
}
