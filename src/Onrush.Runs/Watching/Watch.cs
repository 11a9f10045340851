using Onrush.Runs.Journal;

namespace Onrush.Runs.Watching;

/// <summary>Something of the target that is read again and again while a run goes on.</summary>
/// <param name="Source">What it is, for people; without secrets.</param>
/// <param name="Period">Time between two readings.</param>
/// <param name="Open">Makes what reads it.</param>
internal sealed record Watch(string Source, TimeSpan Period, Func<TimeProvider, IWatchReader> Open)
{
    /// <summary>Time between two readings when nobody says.</summary>
    public static readonly TimeSpan UsualPeriod = TimeSpan.FromSeconds(5);
}

/// <summary>Reads something of the target. Used by one task at a time.</summary>
internal interface IWatchReader : IDisposable
{
    /// <summary>What there is now; several instants where the source keeps a history.</summary>
    /// <exception cref="Exception">It cannot be read; the message says why.</exception>
    Task<IReadOnlyList<WatchReading>> ReadAsync(CancellationToken end);
}

/// <summary>What was read of one instant.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Values">Value by name.</param>
/// <param name="Units">Unit by name, of those that have one.</param>
internal sealed record WatchReading(long UnixMs, IReadOnlyDictionary<string, double> Values, IReadOnlyDictionary<string, string> Units)
{
    /// <summary>The same for the journal.</summary>
    public TargetMetrics Of(string source) => new(UnixMs, source, Values) { Units = Units };

    /// <summary>One value with one unit.</summary>
    public static WatchReading Single(long unixMs, string name, double value, string? unit) =>
        new(unixMs, new Dictionary<string, double> { [name] = value }, UnitOf([name], unit));

    /// <summary>The same unit for all.</summary>
    public static IReadOnlyDictionary<string, string> UnitOf(IEnumerable<string> names, string? unit) =>
        unit is null ? new Dictionary<string, string>() : names.ToDictionary(name => name, _ => unit);
}
