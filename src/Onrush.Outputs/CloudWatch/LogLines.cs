using System.Globalization;
using Onrush.Measurement;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.CloudWatch;

/// <summary>The lines of the log, in the manner of the Locust connector: <c>[key=value]</c> pairs. Names are as they are, since a log takes any text.</summary>
internal sealed class LogLines(CloudWatchSettings settings, IntervalMetrics metrics)
{
    /// <summary>The lines of an interval, oldest first.</summary>
    public IEnumerable<LogEvent> Of(FoldedInterval interval)
    {
        var parts = metrics.Parts(interval);
        int users = interval.Picture.Users;
        return settings.Logs == LogStyle.Aggregated
            ? parts.Select(part => new LogEvent(interval.EndUnixMs, Aggregated(interval, part.Key, part.Value, users)))
            : parts.SelectMany(part => Sampled(interval, part.Key, part.Value, users)).OrderBy(line => line.UnixMs);
    }

    private string Aggregated(FoldedInterval interval, string name, RequestPart part, int users)
    {
        var all = HistogramData.Merge(part.Good, part.Bad);
        return $"{Head(interval.EndUnixMs, name, part)} [requests={part.Requests}] [failures={part.Failed}] [response_time={Ms(all.Average)}] [p50={Ms(all.Percentile(0.5))}] "
            + $"[p95={Ms(all.Percentile(0.95))}] [max={Ms(all.Max)}] [response_length={Whole((double)part.Bytes / part.Requests)}] [user={users}]";
    }

    // Single requests are not kept; these are as many as asked for, spread evenly over the distribution and the interval, each with the number it stands for.
    private IEnumerable<LogEvent> Sampled(FoldedInterval interval, string name, RequestPart part, int users)
    {
        long lines = Math.Min(settings.Sample, part.Requests);
        long bad = part.Failed == 0 ? 0 : Math.Clamp((long)Math.Round((double)lines * part.Failed / part.Requests), 1, Math.Min(lines, part.Failed));
        for (long i = 0; i < lines; i++)
        {
            bool isBad = i < bad;
            var (times, index, of, stands) = isBad ? (part.Bad, i, bad, part.Failed) : (part.Good, i - bad, lines - bad, part.Requests - part.Failed);
            long at = interval.StartUnixMs + interval.LengthMs * (2 * i + 1) / (2 * lines);
            string end = isBad ? "[exception=failed]" : $"[response_length={Whole((double)part.Bytes / part.Requests)}]";
            yield return new LogEvent(at, $"{Head(at, name, part)} [response_time={Ms(times.Percentile((index + 0.5) / of))}] {end} [user={users}] [stands_for={Whole((double)stands / of)}]");
        }
    }

    private string Head(long unixMs, string name, RequestPart part) => string.Create(
        CultureInfo.InvariantCulture,
        $"[timestamp={DateTimeOffset.FromUnixTimeMilliseconds(unixMs):yyyy-MM-dd HH:mm:ss.fff}] [host={AsciiName.Decode(settings.Host)}] [request_type={part.Method}] [name={AsciiName.Decode(name)}]");

    private static string Ms(double ns) => (ns / 1e6).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
