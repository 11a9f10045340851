namespace Onrush.Cli.Terminal.Summaries;

/// <summary>What is printed when a run is over.</summary>
internal enum SummaryStyle
{
    /// <summary>Tables per endpoint with percentiles, failures, thresholds, what the generator says.</summary>
    Onrush,

    /// <summary>k6's end-of-test summary.</summary>
    K6,

    /// <summary>Locust's three tables.</summary>
    Locust,
}
