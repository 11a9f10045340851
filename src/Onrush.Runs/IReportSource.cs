using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What hands on the interval reports of a run as they are folded, for those who need more than the run state keeps.</summary>
internal interface IReportSource
{
    /// <summary>Raised for each report before the snapshot that contains it; on a thread of the run, so handlers are short.</summary>
    event Action<IntervalReport>? ReportFolded;
}
