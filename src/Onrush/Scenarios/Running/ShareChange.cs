namespace Onrush.Scenarios;

/// <summary>A loop has another share from an instant on. Immutable.</summary>
/// <param name="Revision">Number of the change that led to it, from 1.</param>
/// <param name="AtNs">Instant from which it holds, in nanoseconds of the monotonic clock.</param>
/// <param name="Share">What the loop has from then on.</param>
/// <param name="Moved">All that goes from one worker to another: users in it are started by its order, at the spawn rate of the whole run.</param>
internal sealed record ShareChange(int Revision, long AtNs, BucketSet Share, BucketSet Moved);
