namespace Onrush;

/// <summary>A part of a ramp: a straight line to a target. A pair is one: <c>("30s", 100)</c>. Without length it jumps.</summary>
/// <param name="Duration">How long it takes.</param>
/// <param name="Target">Users, or arrivals per time unit, at its end.</param>
public readonly record struct Stage(Duration Duration, double Target)
{
    /// <summary>Takes a pair of a length of time and a target.</summary>
    public static implicit operator Stage((string Duration, double Target) pair) => new(pair.Duration, pair.Target);

    /// <summary>Takes a pair of a length of time and a target.</summary>
    public static implicit operator Stage((TimeSpan Duration, double Target) pair) => new(pair.Duration, pair.Target);

    /// <summary>Takes a pair of a length of time and a target.</summary>
    public static Stage FromValueTuple((string Duration, double Target) pair) => pair;
}
