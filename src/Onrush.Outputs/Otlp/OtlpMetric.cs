using Onrush.Measurement;

namespace Onrush.Outputs.Otlp;

/// <summary>Attributes of a point: name and text or whole number.</summary>
internal sealed record OtlpAttributes(params IReadOnlyList<(string Name, object Value)> All)
{
    /// <inheritdoc/>
    public bool Equals(OtlpAttributes? other) => other is not null && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Aggregate(0, (hash, attribute) => HashCode.Combine(hash, attribute));
}

/// <summary>What kind of metric it is.</summary>
internal enum OtlpKind
{
    /// <summary>A number at one instant.</summary>
    Gauge,

    /// <summary>A number that only grows.</summary>
    Sum,

    /// <summary>A distribution of times, in seconds.</summary>
    Histogram,
}

/// <summary>A metric with its points.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit in UCUM.</param>
/// <param name="Description">What it is.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Points">Its points.</param>
internal sealed record OtlpMetric(string Name, string Unit, string Description, OtlpKind Kind, IReadOnlyList<OtlpPoint> Points);

/// <summary>A point.</summary>
/// <param name="Attributes">What tells it from others.</param>
/// <param name="Value">Its value, where it is no distribution.</param>
/// <param name="Times">Its distribution in nanoseconds, where it is one.</param>
internal sealed record OtlpPoint(OtlpAttributes Attributes, double Value, HistogramData Times);
