using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Influx;

/// <summary>What is written to InfluxDB.</summary>
internal enum InfluxMode
{
    /// <summary>Sums and percentiles of each interval.</summary>
    Aggregated,

    /// <summary>k6's points, as many of them as represent the interval.</summary>
    K6,
}

/// <summary>Turns an interval into points.</summary>
internal interface IInfluxPoints
{
    /// <summary>Writes the points of an interval.</summary>
    /// <param name="interval">What was measured.</param>
    /// <param name="lines">Takes them.</param>
    /// <param name="flush">To be called now and then: makes a batch when there are as many points as it is given.</param>
    void Write(FoldedInterval interval, LineBuilder lines, Action<int> flush);

    /// <summary>What is to be said at the end.</summary>
    IEnumerable<string> Remarks => [];
}

/// <summary>Chooses what is written.</summary>
internal static class InfluxPoints
{
    /// <summary>The points of a mode.</summary>
    public static IInfluxPoints Of(InfluxMode mode, OutputOptions options, OutputContext context)
    {
        var tags = options.Tags("tags");
        return mode switch
        {
            InfluxMode.Aggregated => new AggregatedPoints(options.Text("run") ?? context.RunId, tags, options.Flag("workers")),
            _ => K6InfluxPoints.Of(mode, tags, options, context),
        };
    }
}
