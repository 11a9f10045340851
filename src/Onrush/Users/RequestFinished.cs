namespace Onrush;

/// <summary>One finished request or measured operation, as <see cref="TestEvents.RequestFinished"/> hands it out.</summary>
public readonly struct RequestFinished
{
    /// <summary>HTTP method, or what <c>MeasureAsync</c> was given.</summary>
    public required string Method { get; init; }

    /// <summary>The name it is counted under.</summary>
    public required string Name { get; init; }

    /// <summary>The URL as it was requested; null for operations that are no HTTP requests.</summary>
    public string? Url { get; init; }

    /// <summary>HTTP status; 0 when there was no response.</summary>
    public int StatusCode { get; init; }

    /// <summary>Milliseconds from the call to the last byte.</summary>
    public required double ResponseMilliseconds { get; init; }

    /// <summary>Bytes of the body as received.</summary>
    public long ContentLength { get; init; }

    /// <summary>Why it failed; null for a success.</summary>
    public string? Error { get; init; }

    /// <summary>Name of the user class.</summary>
    public required string UserClass { get; init; }

    /// <summary>Number of the user, from 1.</summary>
    public required long UserNumber { get; init; }

    /// <summary>Whether it counts as a success.</summary>
    public bool IsSuccess => Error is null;
}
