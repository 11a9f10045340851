using System.Globalization;

namespace Onrush.Outputs.CloudWatch;

/// <summary>What an output takes of CloudWatch, which is what is paid for: calls, metrics, bytes. Counted by the one who sends, read when it is over.</summary>
internal sealed class CloudWatchUse
{
    private long _metricCalls;
    private long _data;
    private long _logCalls;
    private long _lines;
    private long _otherCalls;
    private long _bytes;

    /// <summary>What it will take, in a sentence.</summary>
    public static string Estimate(CloudWatchSettings settings)
    {
        double perHour = 3600 / settings.Period.TotalSeconds;
        int mostMetrics = 5 * (settings.Names + 1) + 1;
        var calls = settings.Way switch
        {
            MetricsWay.Api => string.Create(CultureInfo.InvariantCulture, $"about {perHour:#,0} PutMetricData calls an hour for each 1,000 metrics, "),
            MetricsWay.EmfLogs => "about 60 PutLogEvents calls an hour, ",
            _ => "no calls, ",
        };
        var logs = settings.Logs == LogStyle.Off ? "" : $"; about 60 PutLogEvents calls an hour to {settings.Group}";
        var when = settings.IsLive ? "" : "; everything is sent at the end";
        return string.Create(CultureInfo.InvariantCulture, $"{calls}3 to 5 metrics for each request name and 1 for users, {mostMetrics:#,0} at the most{logs}{when}.");
    }

    /// <summary>A PutMetricData was answered.</summary>
    public void Metrics(long data, int bytes)
    {
        Interlocked.Increment(ref _metricCalls);
        Interlocked.Add(ref _data, data);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>A PutLogEvents was answered.</summary>
    public void Logs(long lines, int bytes)
    {
        Interlocked.Increment(ref _logCalls);
        Interlocked.Add(ref _lines, lines);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Something else was answered.</summary>
    public void Other() => Interlocked.Increment(ref _otherCalls);

    /// <summary>What it took, in a sentence; null when nothing was called.</summary>
    public string? Text(CloudWatchSettings settings, int names)
    {
        if (_metricCalls + _logCalls + _otherCalls == 0)
            return null;
        List<string> parts = [];
        if (_metricCalls > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_metricCalls:#,0} PutMetricData {Word(_metricCalls)} with {_data:#,0} data of {names:#,0} request names"));
        if (_logCalls > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_logCalls:#,0} PutLogEvents {Word(_logCalls)} with {_lines:#,0} lines to {settings.Group}/{settings.Stream}"));
        if (_otherCalls > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_otherCalls:#,0} other {Word(_otherCalls)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", parts)}; {_bytes / 1024.0:#,0.#} KiB sent.");
    }

    private static string Word(long calls) => calls == 1 ? "call" : "calls";
}
