namespace Onrush.Runs.Comparison;

/// <summary>
/// Compares two runs endpoint by endpoint. Seconds of a run are alike when they are neighbours, so they are no independent samples, and
/// requests even less. Therefore both runs are cut into the same few blocks of time; the change is worked out without each pair of blocks
/// in turn (a jackknife), which gives its spread, and Student's distribution with so few degrees of freedom gives the interval. All
/// intervals together hold with the wanted confidence (Bonferroni).
/// </summary>
internal static class Comparer
{
    private static readonly ComparedMetric[] Metrics = Enum.GetValues<ComparedMetric>();

    // Interpolation within a bucket of 0.8 % leaves about this much uncertain, in logarithms.
    private const double Resolution = 0.003;

    // A percentile with fewer requests above it is the luck of single ones: about three per block.
    private const int LeastAbove = 30;

    private const int LeastRequests = 50;

    /// <summary>Sets two runs side by side.</summary>
    public static RunComparison Compare(ComparedRun before, ComparedRun after, ComparisonOptions? options = null)
    {
        options ??= new ComparisonOptions();
        var (baseSlots, newSlots) = (before.Steady, after.Steady);
        int blocks = Math.Min(options.Blocks, Math.Min(baseSlots.Count, newSlots.Count));
        var (baseEndpoints, newEndpoints) = (EndpointsOf(baseSlots), EndpointsOf(newSlots));
        var drafts = blocks < 2
            ? []
            : baseEndpoints.Intersect(newEndpoints).Order()
                .Select(e => new Draft(e, new Blocks(baseSlots, e, blocks), new Blocks(newSlots, e, blocks))).ToList();
        int statements = Math.Max(1, drafts.Sum(d => Metrics.Count(d.IsKnown)));
        double spreads = blocks < 2 ? 0 : StudentT.Quantile(1 - (1 - options.Confidence) / statements / 2, blocks - 1);
        return new RunComparison
        {
            Base = before,
            New = after,
            Endpoints = [.. drafts.Select(d => d.ToChange(spreads, options))],
            Gone = [.. baseEndpoints.Except(newEndpoints).Order()],
            Added = [.. newEndpoints.Except(baseEndpoints).Order()],
            Objections = Comparability.Objections(before, after),
            Confidence = options.Confidence,
        };
    }

    private static HashSet<Endpoint> EndpointsOf(IReadOnlyList<Slot> slots) => [.. slots.SelectMany(s => s.Parts.Keys)];

    private sealed class Draft(Endpoint endpoint, Blocks before, Blocks after)
    {
        public bool IsKnown(ComparedMetric metric)
        {
            long requests = Math.Min(before.Requests, after.Requests);
            long succeeded = Math.Min(before.Succeeded, after.Succeeded);
            return metric switch
            {
                ComparedMetric.P95 => succeeded * 0.05 >= LeastAbove,
                ComparedMetric.P99 => succeeded * 0.01 >= LeastAbove,
                ComparedMetric.Median or ComparedMetric.Mean => succeeded >= LeastRequests,
                _ => requests >= LeastRequests,
            };
        }

        public EndpointChange ToChange(double spreads, ComparisonOptions options)
        {
            var (baseWhole, baseWithout) = before.Figures(Metrics);
            var (newWhole, newWithout) = after.Figures(Metrics);
            return new EndpointChange(endpoint, before.Requests, after.Requests, [.. Metrics.Select((metric, i) =>
            {
                if (!IsKnown(metric))
                    return new MetricChange(metric, baseWhole[i], newWhole[i], 0, 0, 0, ChangeKind.TooFew);
                Func<double, double, double> change = metric == ComparedMetric.Failed ? (b, n) => n - b : (b, n) => Math.Log(n / b);
                double whole = change(baseWhole[i], newWhole[i]);
                double spread = Spread([.. baseWithout.Zip(newWithout, (b, n) => change(b[i], n[i]))]);
                spread = Math.Max(spread, metric == ComparedMetric.Failed ? FailedSpread(baseWhole[i], newWhole[i]) : Resolution);
                return Judge(metric, baseWhole[i], newWhole[i], whole, spreads * spread, options);
            })]);
        }

        // Blocks without a single failure look as if failures could not happen; single requests say how far that may be chance.
        private double FailedSpread(double basePercent, double newPercent)
        {
            double pooled = (basePercent * before.Requests + newPercent * after.Requests) / 100 + 1;
            double share = pooled / (before.Requests + after.Requests + 2);
            return 100 * Math.Sqrt(share * (1 - share) * (1.0 / before.Requests + 1.0 / after.Requests));
        }
    }

    private static double Spread(double[] without)
    {
        double mean = without.Average();
        return Math.Sqrt((without.Length - 1.0) / without.Length * without.Sum(v => (v - mean) * (v - mean)));
    }

    private static MetricChange Judge(ComparedMetric metric, double before, double after, double change, double half, ComparisonOptions options)
    {
        if (!double.IsFinite(change) || !double.IsFinite(half))
            return new MetricChange(metric, before, after, 0, 0, 0, ChangeKind.TooFew);
        bool points = metric == ComparedMetric.Failed;
        var (shown, low, high) = points
            ? (change, change - half, change + half)
            : (Percent(change), Percent(change - half), Percent(change + half));
        double least = points ? options.LeastFailedPoints : options.LeastChangePercent;
        var kind = (low <= 0 && high >= 0) || Math.Abs(shown) < least ? ChangeKind.Noise
            : shown > 0 == (metric == ComparedMetric.Rps) ? ChangeKind.Better
            : ChangeKind.Worse;
        return new MetricChange(metric, before, after, shown, low, high, kind);
    }

    private static double Percent(double logarithm) => 100 * (Math.Exp(logarithm) - 1);
}
