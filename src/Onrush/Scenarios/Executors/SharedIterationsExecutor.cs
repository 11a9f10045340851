namespace Onrush.Scenarios;

/// <summary>k6's shared-iterations: <see cref="IterationsExecutor.Iterations"/> are those of all users. Over loops and workers they are dealt by <see cref="UserDeal"/>.</summary>
internal sealed record SharedIterationsExecutor(int Users, long Iterations, Duration MaxDuration) : IterationsExecutor(Users, Iterations, MaxDuration)
{
    internal override string Kind => "shared iterations";

    public override long Total => Iterations;

    public override long TotalOf(BucketSet share) => new UserDeal(share, Users).CountBelow(Iterations);

    internal override string? Fault() => base.Fault()
        ?? (Iterations < Users ? $"iterations is {Iterations}; it has to be at least the number of users, {Users}" : null);
}
