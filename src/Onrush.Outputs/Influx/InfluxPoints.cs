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

    /// <summary>k6's points, those of every single request.</summary>
    K6Full,
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
        return mode switch
        {
            InfluxMode.Aggregated => new AggregatedPoints(options.Text("run") ?? context.RunId, options.Tags("tags"), options.Flag("workers")),
            InfluxMode.K6 => new K6InfluxPoints(K6Tags(options), options.Int("points", 200, 10, 100_000)),
            _ => new K6InfluxPoints(K6Tags(options), K6InfluxPoints.All, hasRequests: false),
        };
    }

    /// <summary>The points of single requests; null where the mode has none.</summary>
    /// <exception cref="OutputException">They cannot be had.</exception>
    public static K6RequestPoints? RequestsOf(InfluxMode mode, OutputOptions options, OutputContext context, bool gzip)
    {
        if (mode != InfluxMode.K6Full)
            return null;
        if (context.IsReplay)
            throw options.Error("mode=k6-full: a run that was kept has no single requests; mode=k6 sends points that stand for them");
        return context.Requests is null
            ? throw options.Error("mode=k6-full: the requests are made on workers; only a run without them can write each. mode=k6 works with workers")
            : new K6RequestPoints(K6Tags(options), gzip, context.Time);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> K6Tags(OutputOptions options) =>
        options.Text("testid") is { } id ? [.. options.Tags("tags"), new("testid", id)] : options.Tags("tags");
}
