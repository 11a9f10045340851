namespace Onrush.Runs.Results;

/// <summary>What was run, and by what.</summary>
internal sealed record AboutDocument
{
    /// <summary>Name of the program that made the document, with its version.</summary>
    public required string Producer { get; init; }

    /// <summary>Name of the load test.</summary>
    public required string LoadTest { get; init; }

    /// <summary>URL in front of relative paths; null where the user classes say it themselves.</summary>
    public required string? Host { get; init; }

    /// <summary>Name of the run in the run store; null where it is not kept.</summary>
    public string? RunId { get; init; }
}
