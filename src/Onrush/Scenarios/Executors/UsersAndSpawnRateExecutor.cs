namespace Onrush.Scenarios;

/// <summary>Locust's way: a number of users and a rate at which they start.</summary>
internal sealed record UsersAndSpawnRateExecutor(int Users, double SpawnRate, Duration? RunTime) : Executor
{
    internal override string Kind => "users and spawn rate";

    internal override TimeSpan? Length => RunTime?.Value;

    internal override string? Fault() =>
        Faults.AtLeast("users", Users, 0) ?? Faults.Rate("spawnRate", SpawnRate, zero: false)
        ?? (RunTime is { } time ? Faults.Length("runTime", time, Faults.Second) : null);
}
