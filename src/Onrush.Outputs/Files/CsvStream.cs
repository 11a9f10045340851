using System.Globalization;
using System.Text;
using Onrush.Measurement;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Files;

/// <summary>csv=FILE: a row for each series and interval. Times are milliseconds.</summary>
internal sealed class CsvStream(string name, LineFile file, TimeSpan period) : LineFileSink(name, file, period)
{
    /// <inheritdoc/>
    protected override string Head => "time,seconds,users,scenario,method,name,tags,requests,failures,bytes_sent,bytes_received,avg,min,p50,p90,p95,p99,max\n";

    /// <summary>Reads its options.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context) =>
        new CsvStream(options.Shown, LineFile.Of(options, context, "results.csv"), FilePeriod(options));

    /// <inheritdoc/>
    protected override long Write(FoldedInterval interval, StringBuilder text)
    {
        var lines = 0;
        foreach (var series in interval.Totals.Series.Values.Where(series => series.Succeeded + series.Failed > 0).OrderBy(series => series.Key))
        {
            var times = HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure));
            text.Append(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(interval.StartUnixMs):yyyy-MM-ddTHH:mm:ss.fffZ},{interval.Seconds},{interval.Picture.Users},");
            text.Append(CultureInfo.InvariantCulture, $"{Cell(series.Key.Scenario)},{Cell(series.Key.Method)},{Cell(series.Key.Name)},{Cell(series.Key.Tags?.ToString() ?? "")},");
            text.Append(CultureInfo.InvariantCulture, $"{series.Succeeded + series.Failed},{series.Failed},{series.BytesSent},{series.BytesReceived},{times.Average / 1e6:0.###},{times.Min / 1e6:0.###},");
            text.Append(CultureInfo.InvariantCulture, $"{Ms(times, 0.5)},{Ms(times, 0.9)},{Ms(times, 0.95)},{Ms(times, 0.99)},{times.Max / 1e6:0.###}\n");
            lines++;
        }

        return lines;
    }

    private static string Ms(HistogramData times, double fraction) => (times.Percentile(fraction) / 1e6).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
