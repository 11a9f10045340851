namespace Onrush.Runs.Results;

/// <summary>Unhandled exceptions of user code that have the same place and text.</summary>
internal sealed record ExceptionDocument
{
    /// <summary>User class whose code threw.</summary>
    public required string UserClass { get; init; }

    /// <summary>Task, OnStartAsync or OnStopAsync.</summary>
    public required string Task { get; init; }

    /// <summary>Full name of the exception type; "(other exceptions)" past the limit on different ones.</summary>
    public required string Type { get; init; }

    /// <summary>Text of the exception.</summary>
    public required string Message { get; init; }

    /// <summary>The exception with its inner ones and its stack.</summary>
    public required string StackTrace { get; init; }

    /// <summary>How often.</summary>
    public required long Count { get; init; }

    /// <summary>When it happened first.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it happened last.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>On which workers.</summary>
    public required IReadOnlyList<string> Workers { get; init; }
}
