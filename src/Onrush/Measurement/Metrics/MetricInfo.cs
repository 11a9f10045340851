namespace Onrush.Measurement;

/// <summary>A metric that is reported from a load test, apart from scenario and tags.</summary>
/// <param name="Name">Name, as in thresholds and summaries.</param>
/// <param name="Kind">How its values are put together.</param>
/// <param name="Unit">What its values mean.</param>
internal sealed record MetricInfo(string Name, MetricKind Kind, MetricUnit Unit)
{
    /// <summary>Largest value that is taken, and with a minus the smallest: beyond it sums would not mean anything.</summary>
    public const double Largest = 1e18;

    /// <summary>Passed and failed checks.</summary>
    public static readonly MetricInfo Checks = new("checks", MetricKind.Rate, MetricUnit.None);

    /// <summary>How long groups took.</summary>
    public static readonly MetricInfo GroupDuration = new("group_duration", MetricKind.Trend, MetricUnit.Milliseconds);
}
