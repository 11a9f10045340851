using Onrush.Measurement;

namespace Onrush.Runs.Results;

/// <summary>Failures of one series that have the same text.</summary>
internal sealed record FailureDocument
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>HTTP method or request type.</summary>
    public required string Method { get; init; }

    /// <summary>Name the requests are grouped under.</summary>
    public required string Name { get; init; }

    /// <summary>Stage at which they failed.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What went wrong; texts past the limit are counted together as "(other errors)".</summary>
    public required string Message { get; init; }

    /// <summary>How often.</summary>
    public required long Occurrences { get; init; }

    /// <summary>When it happened first.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it happened last.</summary>
    public required DateTimeOffset LastSeen { get; init; }
}
