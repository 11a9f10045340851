namespace Onrush.Runs.Results;

/// <summary>What a run comes to.</summary>
internal sealed record VerdictDocument
{
    /// <summary>True when the command ends with 0.</summary>
    public required bool Passed { get; init; }

    /// <summary>Exit code of the command.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Text { get; init; }

    /// <summary>The rules that were judged, in the order they were given; without any, failed requests and exceptions fail the run.</summary>
    public IReadOnlyList<RuleDocument> Rules { get; init; } = [];
}

/// <summary>A rule over the results and what became of it.</summary>
internal sealed record RuleDocument
{
    /// <summary>A rule as it stands; without data it is broken.</summary>
    public static RuleDocument Of(RuleRow row) =>
        new() { Subject = row.Subject, Expression = row.Expression, Passed = row.Passed is true, Found = row.Found is { Length: > 0 } found ? found : null };

    /// <summary>What it is about: a metric with its filter, an invariant.</summary>
    public required string Subject { get; init; }

    /// <summary>The rule as it was written.</summary>
    public required string Expression { get; init; }

    /// <summary>Whether it held.</summary>
    public required bool Passed { get; init; }

    /// <summary>The figure that decided, with its unit; null when there was none.</summary>
    public required string? Found { get; init; }
}
