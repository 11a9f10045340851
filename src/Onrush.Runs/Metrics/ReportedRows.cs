using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What a load test itself reported, as tables show it.</summary>
internal static class ReportedRows
{
    /// <summary>The checks by scenario and group, in the order of their names; a check with other tags besides is one row.</summary>
    public static IReadOnlyList<CheckRow> Checks(ReportedMetrics reported) =>
        [.. reported.All.Where(m => m.Key.Name == BuiltInMetrics.Checks)
            .GroupBy(m => (
                m.Key.Scenario,
                Group: m.Key.Tags[MetricTags.Group] ?? "",
                Name: m.Key.Tags[MetricTags.Check] ?? SeriesKey.OtherName))
            .OrderBy(g => g.Key.Scenario, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Group, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Name, StringComparer.Ordinal)
            .Select(g => (g.Key, Passes: g.Sum(m => (long)m.Value.Sum), Count: g.Sum(m => m.Value.Count)))
            .Select(g => new CheckRow(g.Key.Scenario, g.Key.Group, g.Key.Name, g.Passes, g.Count - g.Passes))];

    /// <summary>How long the groups took, by their paths.</summary>
    public static IReadOnlyList<MetricRow> Groups(ReportedMetrics reported) =>
        [.. reported.All.Where(m => m.Key.Name == BuiltInMetrics.GroupDuration)
            .GroupBy(m => m.Key.Tags[MetricTags.Group] ?? SeriesKey.OtherName)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => MetricRow.Of(g.Key, MetricUnit.Milliseconds, MetricTotals.Read(g.Select(m => m.Value), MetricKind.Trend, 0)))];

    /// <summary>The load test's own metrics, by their names.</summary>
    public static IReadOnlyList<MetricRow> Metrics(ReportedMetrics reported, double seconds) =>
        [.. reported.All.Where(m => BuiltInMetrics.Find(m.Key.Name) is null)
            .GroupBy(m => (m.Key.Name, m.Key.Kind, m.Key.Unit))
            .OrderBy(g => g.Key.Name, StringComparer.Ordinal)
            .Select(g => MetricRow.Of(g.Key.Name, g.Key.Unit, MetricTotals.Read(g.Select(m => m.Value), g.Key.Kind, seconds)))];

    /// <summary>What to say about values and tags that could not be told apart, one sentence each.</summary>
    public static IEnumerable<string> Warnings(ReportedMetrics reported, SeriesTable requests, RunStateLimits limits)
    {
        if (requests.HasOtherTags)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"There are more than {limits.TaggedSeries} combinations of request names and tags; the rest has the tag {TagSet.Other.Tags[0].Value} instead. Use tags with few values.");
        }

        if (reported.Refused > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{reported.Refused} seconds of a metric contradicted themselves and were not counted.");
        foreach (var name in reported.Crowded)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"There are more than {limits.MetricSeries} combinations of tags for {name}; the rest has the tag {TagSet.Other.Tags[0].Value} instead. Use tags with few values.");
        }

        foreach (var trend in reported.All.Where(m => m.Key.Kind == MetricKind.Trend).GroupBy(m => (m.Key.Name, m.Key.Unit)).OrderBy(g => g.Key.Name, StringComparer.Ordinal))
        {
            var largest = TrendScale.Largest(trend.Key.Unit);
            if (trend.Any(m => m.Value.Min < 0))
                yield return $"The trend {trend.Key.Name} has values below 0: its percentiles count them as 0.";
            if (trend.Any(m => m.Value.Max > largest))
                yield return string.Create(CultureInfo.InvariantCulture, $"The trend {trend.Key.Name} has values above {largest:#,0}: its percentiles count them as that.");
        }
    }
}
