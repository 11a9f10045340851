namespace Onrush.Runs;

/// <summary>How much a finding matters.</summary>
internal enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Figures may not mean what they seem to.</summary>
    Warning,

    /// <summary>Figures cannot be trusted, or the target failed.</summary>
    Problem,
}

/// <summary>A chart of the page.</summary>
internal enum FindingChart
{
    /// <summary>Requests and failures per second.</summary>
    Throughput,

    /// <summary>Response times.</summary>
    Times,

    /// <summary>Users.</summary>
    Users,

    /// <summary>Requests in flight and the oldest of them.</summary>
    InFlight,

    /// <summary>Scheduled iterations, offered and started.</summary>
    Arrivals,

    /// <summary>How busy the generator was.</summary>
    Generator,
}

/// <summary>A figure that a finding rests on.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure with its unit.</param>
internal sealed record FindingEvidence(string Label, string Value);

/// <summary>Something that was understood from a run, with what shows it.</summary>
/// <param name="Id">What kind of finding it is; one per run.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">Three to six words.</param>
/// <param name="Text">A sentence or two.</param>
internal sealed record Finding(string Id, FindingSeverity Severity, string Title, string Text)
{
    /// <summary>One or none.</summary>
    public static IEnumerable<Finding> Perhaps(Finding? finding) => finding is null ? [] : [finding];

    /// <summary>The figures.</summary>
    public IReadOnlyList<FindingEvidence> Evidence { get; init; } = [];

    /// <summary>Where it begins on the charts, in seconds from the start of the run; null when it is of no time.</summary>
    public double? FromSeconds { get; init; }

    /// <summary>Where it ends.</summary>
    public double? ToSeconds { get; init; }

    /// <summary>The page of the docs that says more, from the root of the repository.</summary>
    public string? Link { get; init; } = Analysis.FindingKind.Find(Id)?.Link;

    /// <summary>The charts that show it.</summary>
    public IReadOnlyList<FindingChart> Charts { get; init; } = [FindingChart.Throughput, FindingChart.Times];
}
