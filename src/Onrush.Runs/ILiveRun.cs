using Onrush.Runs.Journal;

namespace Onrush.Runs;

/// <summary>What a run offers to the page beyond <see cref="IRunControl"/>. Every member may be called from any thread.</summary>
internal interface ILiveRun : IRunControl
{
    /// <summary>The course of each endpoint and the marks of the charts.</summary>
    RunCourse Course { get; }

    /// <summary>Begins the totals anew; see <see cref="RunState.Apply(StatisticsReset)"/>.</summary>
    void ResetStatistics();

    /// <summary>Adds measurements of the target to the run, as far as it still goes on.</summary>
    void Measured(TargetMetrics metrics);

    /// <summary>Says how the outputs stand: in the next picture of a run that goes on, at once in that of one that is over.</summary>
    void Sent(IReadOnlyList<OutputRow> outputs);
}
