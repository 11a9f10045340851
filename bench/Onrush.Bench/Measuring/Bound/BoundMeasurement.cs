using Onrush.Bench.Children;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring.Bound;

/// <summary>
/// A generator that is itself the limit: 200 users on one loop with 100 us of busy code after each response. Does it say so, and are its response times
/// those of the target? Two runs a round: one whose packets are captured, so that the very same requests are timed by somebody else; and one beside which wrk
/// asks with one connection, first once a millisecond, then without a pause.
/// </summary>
internal sealed class BoundMeasurement(NginxTarget target, BenchOptions options, Progress progress)
{
    private const int Users = 200;

    public async Task<BoundResult> RunAsync()
    {
        var rounds = new List<BoundSample>();
        for (var round = 0; round < options.Rounds; round++)
        {
            try
            {
                var sample = await MeasureAsync();
                rounds.Add(sample);
                progress.Say(FormattableString.Invariant(
                    $"bound round {round + 1}: ours p50 {sample.Captured.MedianMs * 1000:0.0} us, on the wire {sample.WireMedianMs * 1000:0.0} us; ours {sample.Observed.MedianMs * 1000:0.0} us, wrk -c1 {sample.RareMedianMs * 1000:0} us rarely, {sample.SteadyMedianMs * 1000:0} us without a pause"));
            }
            catch (BenchException e)
            {
                progress.Note($"bound round {round + 1} does not count: {e.Message}");
            }
        }
        return new BoundResult(rounds);
    }

    private async Task<BoundSample> MeasureAsync()
    {
        ChildReport captured;
        double wire;
        await using (var capture = await WireCapture.StartAsync(target.Plain.Port))
        {
            captured = await RunAsync(() => Task.Delay(TimeSpan.FromSeconds(options.Seconds)));
            wire = await capture.MedianMsAsync();
        }

        double rare = 0, steady = 0;
        var observed = await RunAsync(async () =>
        {
            rare = await Observer.MedianMsAsync(target.Plain, options.Seconds, rarely: true);
            steady = await Observer.MedianMsAsync(target.Plain, options.Seconds, rarely: false);
        });
        return new BoundSample(captured, wire, observed, rare, steady);
    }

    private async Task<ChildReport> RunAsync(Func<Task> meanwhile)
    {
        await using var child = await Child.StartAsync(
            GeneratorChild.Command, new ChildPlan { User = nameof(BusyUser), Url = target.Plain.ToString(), Users = Users, Loops = 1 });
        await meanwhile();
        var report = await child.ReportAsync();
        return report.Problem is null ? report : throw new BenchException(report.Problem);
    }
}

/// <summary>All rounds that count.</summary>
internal sealed record BoundResult(IReadOnlyList<BoundSample> Rounds);

/// <summary>One round.</summary>
/// <param name="Captured">What the run says of itself whose packets were captured.</param>
/// <param name="WireMedianMs">Median of the time from request to response of the same requests on the wire, in milliseconds.</param>
/// <param name="Observed">What the run says of itself beside which wrk asked.</param>
/// <param name="RareMedianMs">Median that wrk with one connection saw when it asked once a millisecond, in milliseconds.</param>
/// <param name="SteadyMedianMs">The same without a pause between its requests.</param>
internal sealed record BoundSample(ChildReport Captured, double WireMedianMs, ChildReport Observed, double RareMedianMs, double SteadyMedianMs)
{
    /// <summary>Our median as a multiple of the one on the wire.</summary>
    public double WireRatio => Captured.MedianMs / WireMedianMs;

    /// <summary>How far our median lies above the one on the wire, in microseconds.</summary>
    public double OverWireUs => (Captured.MedianMs - WireMedianMs) * 1000;

    /// <summary>Our median as a multiple of the rare observer's.</summary>
    public double RareRatio => Observed.MedianMs / RareMedianMs;

    /// <summary>Our median as a multiple of the steady observer's.</summary>
    public double SteadyRatio => Observed.MedianMs / SteadyMedianMs;

    /// <summary>What a tool without kernel timestamps would have shown at least, in milliseconds: ours and what the generator added.</summary>
    public double NaiveMedianMs => Captured.MedianMs + Captured.AddedMedianMs;
}
