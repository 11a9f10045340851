using System.Diagnostics;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring.Throughput;

/// <summary>
/// A generator among others that take turns on one target: its process stands still (SIGSTOP) while the others have theirs. One ruler for
/// all: between two instants of a turn the target's own count of requests and the kernel's count of the generator's CPU time are read, so
/// neither starting nor connecting nor warming up counts for anyone.
/// </summary>
internal sealed class Contestant(Generator generator, NginxTarget target) : IAsyncDisposable
{
    // After it goes on, until what has waited for it is done with.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(60);

    // In which it counts what it allocates: while others have their turns the reports of each second weigh too much.
    private static readonly TimeSpan InStride = TimeSpan.FromSeconds(2.5);

    // Readings and signals; the machine may be busy.
    private const double SecondsPerTurn = 0.4;

    private readonly List<ThroughputSample> _rounds = [];
    private IRunningGenerator? _running;
    private Reading _sum;

    public string Name => generator.Name;

    /// <summary>Whether its length is said when it is started.</summary>
    public bool EndsByItself => generator is ToolGenerator;

    /// <summary>What the closed rounds gave; ratios are for who has all contestants.</summary>
    public IReadOnlyList<ThroughputSample> Rounds => _rounds;

    /// <summary>The last round in a few words.</summary>
    public string LastRound => FormattableString.Invariant($"{Name} {_rounds[^1].PerCpuSecond / 1000:0.0}");

    /// <summary>How long so many turns take at most, in seconds.</summary>
    public static int SecondsOf(int turns) => (int)Math.Ceiling(turns * SecondsPerTurn);

    /// <summary>Brings it into its stride, and holds it.</summary>
    /// <exception cref="BenchException">It does not get there.</exception>
    public async Task StartAsync(Load load)
    {
        _running = await generator.StartAsync(load);
        if (!EndsByItself)
            await Task.Delay(InStride);
        ProcessTree.Stop(_running.ProcessId);
    }

    /// <summary>Lets it go on for a while and adds what it did to its round.</summary>
    /// <exception cref="BenchException">It has ended.</exception>
    public async Task TakeTurnAsync(TimeSpan length)
    {
        var process = _running!.ProcessId;
        ProcessTree.Continue(process);
        await Task.Delay(Settling);
        var before = await ReadAsync(process);
        await Task.Delay(length);
        _sum += await ReadAsync(process) - before;
        ProcessTree.Stop(process);
    }

    /// <summary>Makes one figure of all turns since the last one.</summary>
    public void CloseRound()
    {
        _rounds.Add(new ThroughputSample
        {
            PerSecond = _sum.Requests / _sum.Seconds,
            PerCpuSecond = _sum.Requests / _sum.Cpu.Seconds,
            UserMicroseconds = _sum.Cpu.UserSeconds / _sum.Requests * 1e6,
            SystemMicroseconds = (_sum.Cpu.Seconds - _sum.Cpu.UserSeconds) / _sum.Requests * 1e6,
            PeakMegabytes = ProcessReading.PeakMegabytes(_running!.ProcessId),
        });
        _sum = default;
    }

    /// <summary>Lets it end, and takes what it says itself into its rounds.</summary>
    /// <exception cref="BenchException">Its figures do not count.</exception>
    public async Task EndAsync()
    {
        ProcessTree.Continue(_running!.ProcessId);
        var end = await _running.EndAsync();
        if (end.Problem is not null || _rounds.Any(round => !(round.PerCpuSecond > 0)))
            throw new BenchException(end.Problem ?? "it sent nothing");
        for (var i = 0; i < _rounds.Count; i++)
            _rounds[i] = _rounds[i] with { AllocatedPerRequest = end.AllocatedPerRequest };
    }

    public ValueTask DisposeAsync() => _running?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Reading> ReadAsync(int process) =>
        new(await target.RequestsAsync(), Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, ProcessReading.OfTree(process));

    private readonly record struct Reading(double Requests, double Seconds, ProcessReading Cpu)
    {
        public static Reading operator +(Reading left, Reading right) =>
            new(left.Requests + right.Requests, left.Seconds + right.Seconds, left.Cpu + right.Cpu);

        public static Reading operator -(Reading left, Reading right) =>
            new(left.Requests - right.Requests, left.Seconds - right.Seconds, left.Cpu - right.Cpu);
    }
}
