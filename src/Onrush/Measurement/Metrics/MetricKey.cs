namespace Onrush.Measurement;

/// <summary>
/// One series of a metric that the load test itself reports: its own metrics, checks (<c>checks</c> with the tag <c>check</c>) and groups
/// (<c>group_duration</c> with the tag <c>group</c>). What follows from requests and iterations is not among them: it is derived where it is shown.
/// </summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Kind">How its values are put together.</param>
/// <param name="Unit">What its values mean.</param>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Tags">Tags of the values, the group they were reported in among them.</param>
internal sealed record MetricKey(string Name, MetricKind Kind, MetricUnit Unit, string Scenario, TagSet Tags);
