namespace Onrush.Runs.Analysis;

/// <summary>The generator was the limit: which loop, and whose users were on it.</summary>
internal static class GeneratorBound
{
    private const int MostRelieved = 5;

    // A few seconds of a long run are an accident of the machine, not what limited the run; nor are loops that have little to do and get no processor.
    private const double GraveShare = 0.2, GraveBusyPercent = 50;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        var health = analysed.Run.Generator;
        if (!health.IsBound)
            yield break;
        double seconds = Math.Max(Math.Max(1, analysed.Run.RunTime.TotalSeconds), health.BoundSeconds), share = health.BoundSeconds / seconds;
        RunSecond[] bound = [.. analysed.Run.Seconds.Where(p => p.GeneratorBound)];
        bool grave = share >= GraveShare && (bound.Length == 0 || bound.Average(p => p.BusyPercent) >= GraveBusyPercent);
        var worst = health.Loops.MaxBy(l => l.BoundSeconds);
        string loop = worst is null ? "" : $" Most of it in loop {worst.Loop} of worker {worst.Worker}, {Say.Percent(worst.Busy)} busy on average{UsersOn(analysed.Run)}.";
        yield return new Finding(
            FindingKind.GeneratorBound,
            grave ? FindingSeverity.Problem : share >= 0.05 ? FindingSeverity.Warning : FindingSeverity.Info,
            grave ? "The generator was the limit" : "The generator was short of time now and then",
            $"{health.Text}{loop} {(grave ? "These figures say more about the generator than about the target: add a worker or lower the load." : "The figures of those seconds are not only the target's.")}")
        {
            Evidence =
            [
                new("Generator-bound", $"{Say.Count(health.BoundSeconds)} of {Say.Seconds(seconds)}"),
                new("Busy, all loops on average", Say.Percent(health.AverageBusyPercent / 100)),
                .. worst is null ? [] : new FindingEvidence[] { new("Worst loop", $"{worst.Worker} / {worst.Loop}"), new("Its largest lag p99", Say.Ms(worst.PeakLagMs)) },
                .. analysed.Run.Workers.Where(w => w.SharePercent is not null).Take(MostRelieved)
                    .Select(w => new FindingEvidence($"Share of {w.Worker}, overloaded", $"{Say.Count(w.SharePercent!.Value)} % of an equal one in the end")),
            ],
            FromSeconds = health.BoundSpans.Count > 0 ? health.BoundSpans[0].From.TotalSeconds : null,
            ToSeconds = health.BoundSpans.Count > 0 ? health.BoundSpans[^1].To.TotalSeconds : null,
            Charts = [FindingChart.Generator, FindingChart.Times],
        };
    }

    private static string UsersOn(RunSnapshot run) => run.UsersByClass.Where(c => c.Value > 0).Select(c => c.Key).ToList() switch
    {
        [] => "",
        [var only] => $", running {only}",
        var classes => $", running {string.Join(", ", classes)}",
    };
}
