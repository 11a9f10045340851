namespace Onrush.Cli.Terminal.Summaries;

/// <summary>The unit of the times in k6's summary.</summary>
internal enum TimeUnit
{
    /// <summary>For each value the unit that fits it.</summary>
    Auto,

    Seconds,

    Milliseconds,

    Microseconds,
}
