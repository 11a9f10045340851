namespace Onrush.Outputs.Prometheus;

/// <summary>Types of metric families.</summary>
internal enum PromType
{
    /// <summary>Only grows; its samples are named with <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>A distribution.</summary>
    Histogram,
}
