namespace Onrush.Users;

/// <summary>When the next task starts.</summary>
/// <param name="AtNs">Monotonic nanoseconds; for a schedule that lags behind, in the past.</param>
/// <param name="Scheduled">Whether the instant is due on a schedule, not the end of think time.</param>
internal readonly record struct NextStart(long AtNs, bool Scheduled);
