using System.Collections.Concurrent;

namespace Onrush.Tests.Scenarios.Running;

/// <summary>The tests that run, by the host that their users have.</summary>
internal static class Stages
{
    public static ConcurrentDictionary<string, StageOfTest> ByHost { get; } = new();
}

/// <summary>What the users of one test do, and what became of it. Touched on the loop only, but for <see cref="Hold"/>.</summary>
internal sealed class StageOfTest
{
    private volatile bool _hold;

    /// <summary>Whether an iteration goes on until it is told otherwise.</summary>
    public bool Hold
    {
        get => _hold;
        set => _hold = value;
    }

    /// <summary>Seconds that an iteration lasts otherwise.</summary>
    public double Length { get; set; }

    /// <summary>Iterations begun, by number of the user.</summary>
    public List<long> Begun { get; } = [];

    /// <summary>Users that got past their start.</summary>
    public List<long> Started { get; } = [];

    /// <summary>Users that ran OnStopAsync.</summary>
    public List<long> Stopped { get; } = [];

    /// <summary>Users whose start throws.</summary>
    public Func<long, bool> FailsToStart { get; set; } = _ => false;

    /// <summary>Users that end themselves after their first iteration.</summary>
    public Func<long, bool> Leaves { get; set; } = _ => false;

    /// <summary>Whether iterations go on when their user is cut, as code does that waits for something foreign.</summary>
    public TaskCompletionSource? Stuck { get; set; }
}

/// <summary>A user that does what its test wants.</summary>
public class Puppet : User
{
    private StageOfTest Stage => Stages.ByHost[EffectiveHost!];

    public override ValueTask OnStartAsync()
    {
        if (Stage.FailsToStart(Number))
            throw new InvalidOperationException("no start");
        Stage.Started.Add(Number);
        return default;
    }

    public override ValueTask OnStopAsync()
    {
        Stage.Stopped.Add(Number);
        return default;
    }

    [Task]
    public async Task Act()
    {
        Stage.Begun.Add(Number);
        if (Stage.Stuck is { } stuck)
            await stuck.Task;
        if (Stage.Length > 0)
            await SleepAsync(Stage.Length);
        while (Stage.Hold)
            await SleepAsync(0.002);
        if (Stage.Leaves(Number))
            StopUser();
        if (Stage.Length == 0 && !Stage.Hold)
            await SleepAsync(0.001);
    }
}
