namespace Onrush.Runs.Analysis;

/// <summary>
/// What the target's own measurements say beside a finding about it: a metric that is full while the target is at its limit is likely the cause, and one that
/// is not is none. Only what changed, or is full, is shown: ten level lines explain nothing.
/// </summary>
internal static class TargetWitness
{
    private const int Most = 4;
    private const double Changed = 1.25, Full = 90, Idle = 50;
    private const string Percent = "%";

    private static readonly HashSet<string> About =
        [FindingKind.Saturation, FindingKind.Drift, FindingKind.ConnectionLimit, FindingKind.AcceptQueue, FindingKind.Stall, FindingKind.Errors];

    /// <summary>The finding, with what was measured in the target; as it is where nothing was, or nothing fits.</summary>
    public static Finding Beside(Finding finding, AnalysedRun analysed)
    {
        if (analysed.Run.Targets.Count == 0 || !About.Contains(finding.Id) || finding is not { FromSeconds: { } from, ToSeconds: { } to } || to <= from)
            return finding;
        List<Then> all = [.. analysed.Run.Targets.Select(row => Read(row, finding.Id == FindingKind.Drift, from, to)).OfType<Then>()];
        Then[] telling = [.. all.Where(one => one.Row.Unit == Percent && one.Now >= Full || one.IsChanged).OrderByDescending(one => one.Row.Unit == Percent && one.Now >= Full).Take(Most)];
        return finding with
        {
            Text = finding.Id == FindingKind.Saturation ? finding.Text + Sentence(all) : finding.Text,
            Evidence = [.. finding.Evidence, .. telling.Select(one => new FindingEvidence($"{one.Row.Name} of {one.Row.Source}", one.InWords))],
        };
    }

    private static string Sentence(List<Then> all)
    {
        Then[] shares = [.. all.Where(one => one.Row.Unit == Percent).OrderByDescending(one => one.Now)];
        return shares switch
        {
            [{ Now: >= Full } full, ..] => $" {full.Row.Name} of {full.Row.Source} was at {Value(full.Now, Percent)} meanwhile.",
            [{ Now: < Idle } most, ..] => $" {most.Row.Name} of {most.Row.Source} was at {Value(most.Now, Percent)} only, so that is not what it lacks: look for a lock, a pool, or a system behind it.",
            _ => "",
        };
    }

    // A limit that is reached has a before; what grows all the time has a beginning and an end.
    private static Then? Read(TargetRow row, bool isDrift, double from, double to)
    {
        double fifth = (to - from) / 5;
        double? before = isDrift ? Mean(row, from, from + fifth) : Mean(row, 0, from), now = isDrift ? Mean(row, to - fifth, to) : Mean(row, from, to);
        return now is { } known ? new Then(row, before, known) : null;
    }

    private static double? Mean(TargetRow row, double from, double to)
    {
        TargetPoint[] points = [.. row.Points.Where(point => point.Count > 0 && point.StartSecond >= from && point.StartSecond < to)];
        return points.Length == 0 ? null : points.Sum(point => point.Sum) / points.Sum(point => point.Count);
    }

    private static string Value(double value, string unit) => unit switch
    {
        "bytes" or "bytes/s" => $"{Say.Digits(value / 1e6)} MB{unit["bytes".Length..]}",
        "" => Say.Digits(value),
        _ => $"{Say.Digits(value)} {unit}",
    };

    private sealed record Then(TargetRow Row, double? Before, double Now)
    {
        public bool IsChanged => Before is { } before && Math.Max(before, Now) > Math.Max(0, Math.Min(before, Now)) * Changed && Math.Max(before, Now) > 0;

        public string InWords => Before is { } before ? $"{Value(before, Row.Unit)} before, {Value(Now, Row.Unit)} then" : Value(Now, Row.Unit);
    }
}
