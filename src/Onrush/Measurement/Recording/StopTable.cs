using System.Runtime.InteropServices;

namespace Onrush.Measurement;

/// <summary>
/// Users that ended themselves for a reason, in one interval half. Owned by the thread that holds the half. They leave as the counter
/// <see cref="Metric"/>, so that thresholds and outputs know it like any metric.
/// </summary>
internal sealed class StopTable(int maxReasons)
{
    /// <summary>Name of the counter.</summary>
    public const string Metric = "users_stopped";

    /// <summary>Tag that has the reason.</summary>
    public const string ReasonTag = "reason";

    /// <summary>Tag that has the user class.</summary>
    public const string UserClassTag = "user_class";

    /// <summary>The reason that takes what is past the limit on different ones.</summary>
    public const string OtherReason = "(other reasons)";

    private const int MaxReasonLength = 200;

    private readonly Dictionary<(string Scenario, string UserClass, string Reason), Tally> _groups = [];

    /// <summary>Counts one user.</summary>
    public void Add(string scenario, string userClass, string reason, long nowUnixMs)
    {
        var key = (scenario, userClass, reason.Length > MaxReasonLength ? reason[..MaxReasonLength] : reason);
        if (_groups.Count >= maxReasons && !_groups.ContainsKey(key))
            key = (scenario, userClass, OtherReason);
        ref Tally tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, key, out _);
        tally = tally.Plus(nowUnixMs);
    }

    /// <summary>What was counted, as values of a metric.</summary>
    public IReadOnlyDictionary<MetricKey, MetricInterval> ToMetrics() => _groups.ToDictionary(
        group => new MetricKey(
            Metric, MetricKind.Counter, MetricUnit.None, group.Key.Scenario,
            TagSet.Of([new(ReasonTag, group.Key.Reason), new(UserClassTag, group.Key.UserClass)])),
        group => new MetricInterval(group.Value.Count, group.Value.Count, 1, 1, 1, group.Value.LastUnixMs, HistogramData.Empty));

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear() => _groups.Clear();
}
