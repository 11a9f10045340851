using System.Runtime.CompilerServices;
using Onrush.Runs.Analysis;

namespace Onrush.Runs;

/// <summary>Turns run state into findings, the cause before what follows from it.</summary>
internal static class RunAnalysis
{
    private static readonly Func<AnalysedRun, IEnumerable<Finding>>[] Kinds =
    [
        OwnWords.Find, GeneratorBound.Find, PortsExhausted.Find, ConnectionLimit.Find, PeriodicPauses.Find, Drift.Find, Saturation.Find, AcceptQueue.Find, Stall.Find,
        RequestErrors.Find, RetryStorm.Find, LittlesLaw.Find, ArrivalsDropped.Find, WorkerDiffers.Find, ColdStart.Find, ConnectionSetUp.Find, Bimodal.Find, Ramp.Find,
        WaitCapsRate.Find, WorkerClock.Find, ThresholdWithoutData.Find, NotTheTarget.Find,
    ];

    // Several readers ask for those of the same picture.
    private static readonly ConditionalWeakTable<RunSnapshot, IReadOnlyList<Finding>> Known = [];

    /// <summary>What one picture of a run shows.</summary>
    public static IReadOnlyList<Finding> Findings(RunSnapshot run) => Known.GetValue(run, Make);

    private static IReadOnlyList<Finding> Make(RunSnapshot run)
    {
        var analysed = new AnalysedRun(run);
        return [.. FindingOrder.Of(Kinds.SelectMany(kind => Ask(kind, analysed))).Select(finding => TargetWitness.Beside(finding, analysed))];
    }

    // Figures are worth more than what is said about them: a rule that trips over some of them costs its own words only.
    private static IReadOnlyList<Finding> Ask(Func<AnalysedRun, IEnumerable<Finding>> kind, AnalysedRun run)
    {
        try
        {
            return [.. kind(run)];
        }
        catch (Exception exception) when (exception is ArithmeticException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            string name = kind.Method.DeclaringType?.Name ?? "";
            return [new Finding($"failed-{name}", FindingSeverity.Info, "Not everything was looked at", $"The rule {name} could not be applied to this run: {exception.Message}")];
        }
    }
}
