using BenchmarkDotNet.Attributes;
using Onrush.Engine;

namespace Onrush.MicroBench;

/// <summary>A wait of one user among many: the timer that is due next is fired and armed anew.</summary>
public class TimerBenchmarks
{
    private readonly TimerHeap _heap = new();
    private readonly Random _random = new(1);

    /// <summary>Timers in the heap.</summary>
    [Params(10_000, 1_000_000)]
    public int Timers { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        for (var i = 0; i < Timers; i++)
            _heap.Arm(new Again(this), _random.NextInt64(Timers));
    }

    /// <summary>Fires the next one.</summary>
    [Benchmark]
    public void FireAndArm() => _heap.RunDue(_heap.NextDue);

    /// <summary>What a timeout that is not reached costs: begun and ended.</summary>
    [Benchmark]
    public void DeadlineMet()
    {
        _deadlines ??= new DeadlineQueue(_heap, long.MaxValue / 4);
        _deadlines.Add(_deadline, 0);
        DeadlineQueue.Remove(_deadline);
    }

    private readonly Never _deadline = new();
    private DeadlineQueue? _deadlines;

    private sealed class Again(TimerBenchmarks owner) : LoopTimer
    {
        internal override void OnDue(long nowNs) => owner._heap.Arm(this, nowNs + 1 + owner._random.NextInt64(owner.Timers));
    }

    private sealed class Never : Deadline
    {
        internal override void OnExpired() => throw new InvalidOperationException("It was to be met.");
    }
}
