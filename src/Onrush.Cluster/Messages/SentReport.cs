using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>
/// A report on its way. What came from another process stays packed until it is folded: unpacked it takes twenty times the memory, and hundreds wait for their turn
/// at the end of each second. Its numbers stand beside it, so that the log can be folded without opening it. Immutable.
/// </summary>
internal sealed class SentReport
{
    private readonly IntervalReport? _report;

    /// <summary>One that was made in this process.</summary>
    public SentReport(IntervalReport report) =>
        (_report, Worker, Incarnation, FirstSequence, LastSequence) = (report, report.Worker, report.Incarnation, report.FirstSequence, report.LastSequence);

    /// <summary>One that came from another process.</summary>
    /// <param name="worker">Who sent it.</param>
    /// <param name="incarnation">Which life of the worker, as was said beside it.</param>
    /// <param name="first">Its first number, as was said beside it.</param>
    /// <param name="last">Its last number, as was said beside it.</param>
    /// <param name="packed">The report as it came.</param>
    public SentReport(string worker, int incarnation, long first, long last, PackedReport packed) =>
        (Worker, Incarnation, FirstSequence, LastSequence, Packed) = (worker, incarnation, first, last, packed);

    /// <summary>Name of the worker.</summary>
    public string Worker { get; }

    /// <summary>Which life of the worker.</summary>
    public int Incarnation { get; }

    /// <summary>Its first number.</summary>
    public long FirstSequence { get; }

    /// <summary>Its last number.</summary>
    public long LastSequence { get; }

    /// <summary>The report as it came; null when it did not leave its process.</summary>
    public PackedReport? Packed { get; }

    /// <summary>A report is one to send.</summary>
    public static implicit operator SentReport?(IntervalReport? report) => report is null ? null : new SentReport(report);

    /// <summary>The report. Each call unpacks it again.</summary>
    /// <exception cref="DamagedDataException">It makes no sense, or is another one than was said.</exception>
    public IntervalReport Open()
    {
        if (_report is not null)
            return _report;
        var report = Packed!.Read();
        if (report.Worker != Worker)
            throw new DamagedDataException("a report is in the name of another worker");
        return (report.Incarnation, report.FirstSequence, report.LastSequence) == (Incarnation, FirstSequence, LastSequence)
            ? report
            : throw new DamagedDataException("a report has other numbers than was said");
    }
}
