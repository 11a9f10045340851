using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// The whole seconds of a run that a report covers. A report of about one second belongs to the second its middle lies in; a longer one
/// is spread evenly over as many seconds as it is long.
/// </summary>
/// <param name="First">First second, counted from the start of the run.</param>
/// <param name="Count">Number of seconds, at least 1.</param>
internal readonly record struct ReportSpan(int First, int Count)
{
    /// <summary>Most seconds that one report covers.</summary>
    public const int Longest = 86_400;

    private const int LastSecond = 1_000_000_000;

    /// <summary>Last second.</summary>
    public int Last => First + Count - 1;

    /// <summary>The seconds of a report.</summary>
    public static ReportSpan Of(IntervalReport report, long runStartUnixMs)
    {
        double start = (report.StartUnixMs - runStartUnixMs) / 1000.0;
        double length = report.DurationNs / 1e9;
        int count = (int)Math.Clamp(Math.Round(length, MidpointRounding.AwayFromZero), 1, Longest);
        double first = Math.Floor(start + Math.Min(length, 1) / 2);
        double last = Math.Clamp(first + count - 1, 0, LastSecond);
        int from = (int)Math.Clamp(first, 0, last);
        return new ReportSpan(from, (int)last - from + 1);
    }

    /// <summary>The part of a count that falls into one of the seconds; the parts add up to the count.</summary>
    /// <param name="total">What is spread.</param>
    /// <param name="index">Which of the seconds, from 0.</param>
    public long Share(long total, int index) =>
        (long)((Int128)total * (index + 1) / Count - (Int128)total * index / Count);
}
