namespace Onrush.Outputs.Pipeline;

/// <summary>How an output is queued and sent, whatever its type.</summary>
internal sealed record PipelineSettings
{
    /// <summary>Most bytes that may wait.</summary>
    public long QueueBytes { get; init; } = 64L << 20;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Takes a sentence when sending fails and when it works again.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>Clock of waits and timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Spreads the retries.</summary>
    public Random Random { get; init; } = Random.Shared;
}
