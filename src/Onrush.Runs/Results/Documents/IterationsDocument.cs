namespace Onrush.Runs.Results;

/// <summary>The iterations of one scenario, or of all.</summary>
internal sealed record IterationsDocument
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Finished iterations.</summary>
    public required long Count { get; init; }

    /// <summary>Those that an exception ended.</summary>
    public required long Failed { get; init; }

    /// <summary>How long they took, without the wait after them.</summary>
    public required TimesDocument Duration { get; init; }

    /// <summary>How late scheduled ones started; null when none was scheduled.</summary>
    public required TimesDocument? Lateness { get; init; }
}
