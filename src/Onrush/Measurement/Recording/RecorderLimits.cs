namespace Onrush.Measurement;

/// <summary>How much one loop tells apart; what is more is counted together. Bounds the memory of a run whatever the test does.</summary>
internal sealed record RecorderLimits
{
    /// <summary>Different names of requests, over the whole run.</summary>
    public int Names { get; init; } = 2000;

    /// <summary>Different sets of tags; combinations of names and tags; and for each reported metric of scenario and tags. Over the whole run.</summary>
    public int Tags { get; init; } = 2000;

    /// <summary>Different texts of failures in one interval.</summary>
    public int Errors { get; init; } = 500;

    /// <summary>Different unhandled exceptions in one interval.</summary>
    public int Exceptions { get; init; } = 500;

    /// <summary>Different reasons of users that ended themselves, in one interval.</summary>
    public int StopReasons { get; init; } = 100;

    /// <summary>Stacks of unhandled exceptions that are written out in one interval.</summary>
    public int Stacks { get; init; } = 200;
}
