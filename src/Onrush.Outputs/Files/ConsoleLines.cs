using System.Globalization;
using System.Text;
using Onrush.Measurement;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Files;

/// <summary>console: a plain line for each series and interval, for logs of containers and the like.</summary>
internal sealed class ConsoleLines(string name, LineFile file, TimeSpan period) : LineFileSink(name, file, period)
{
    /// <summary>Reads its options.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context) =>
        new ConsoleLines(options.Shown, LineFile.Screen(context), options.Length("period", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));

    /// <inheritdoc/>
    protected override long Write(FoldedInterval interval, StringBuilder text)
    {
        var lines = 0;
        foreach (var series in interval.Totals.Series.Values.Where(series => series.Succeeded + series.Failed > 0).OrderBy(series => series.Key))
        {
            var times = HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure));
            var requests = series.Succeeded + series.Failed;
            // A name may hold anything; a line stays a line.
            var shown = string.Concat(series.Key.Name.Select(c => char.IsControl(c) ? ' ' : c));
            text.Append(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(interval.StartUnixMs):HH:mm:ss} {series.Key.Method} {shown}: {requests / interval.Seconds:0.0}/s, ");
            text.Append(CultureInfo.InvariantCulture, $"{series.Failed} of {requests} failed, p50 {times.Percentile(0.5) / 1e6:0.##} p95 {times.Percentile(0.95) / 1e6:0.##} max {times.Max / 1e6:0.##} ms\n");
            lines++;
        }

        return lines;
    }
}
