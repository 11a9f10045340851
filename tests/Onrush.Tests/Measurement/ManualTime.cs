namespace Onrush.Tests.Measurement;

/// <summary>A wall clock that stands still until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    public long UnixMs { get; set; } = 1_700_000_000_000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);
}
