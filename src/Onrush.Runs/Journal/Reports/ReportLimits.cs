using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// What a report may hold to be believed. Far above what a worker makes, low enough that sums over a whole journal cannot overflow and that a few
/// bytes cannot ask for much memory.
/// </summary>
internal static class ReportLimits
{
    /// <summary>Largest count of anything in one report.</summary>
    public const long Count = 1L << 44;

    /// <summary>Largest time in nanoseconds, about 400 days.</summary>
    public const long Ns = 1L << 55;

    /// <summary>Most users in one report.</summary>
    public const int Users = 10_000_000;

    /// <summary>Most entries in each of the tables of a report.</summary>
    public const int Entries = 1 << 16;

    /// <summary>Most tags in one set.</summary>
    public const int Tags = 256;

    /// <summary>Most statuses of one series.</summary>
    public const int Statuses = 1024;

    /// <summary>Most buckets in all histograms of a report together.</summary>
    public const int Buckets = 4_000_000;

    /// <summary>Most names that reports may refer to.</summary>
    public const int Names = 300_000;

    /// <summary>Most characters in those names.</summary>
    public const int Characters = 16 << 20;

    /// <summary>Largest size of a value of a metric, and of sums of them.</summary>
    public const double Real = 1e36;

    /// <summary>Largest sum of one histogram.</summary>
    public static readonly Int128 Sum = (Int128)Count * HistogramLayout.MaxValue;
}
