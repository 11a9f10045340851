namespace Onrush.Scenarios;

/// <summary>k6's per-vu-iterations: <see cref="IterationsExecutor.Iterations"/> are those of each user.</summary>
internal sealed record PerUserIterationsExecutor(int Users, long Iterations, Duration MaxDuration) : IterationsExecutor(Users, Iterations, MaxDuration)
{
    private const long Most = 1_000_000_000_000_000;

    internal override string Kind => "per-user iterations";

    public override long Total => Users * Iterations;

    public override long TotalOf(BucketSet share) => share.CountBelow(Users) * Iterations;

    internal override string? Fault() => base.Fault()
        ?? (Iterations > Most / Users ? $"iterations is {Iterations}; with {Users} users it has to be at most {Most / Users}" : null);
}
