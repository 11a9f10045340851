using Onrush.Bench.Children;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring;

/// <summary>Iterations at a constant rate: 20,000 per second for half a minute, 50,000 per second for ten seconds. How late do they begin, and is any lost?</summary>
internal sealed class ArrivalMeasurement(NginxTarget target, BenchOptions options, Progress progress)
{
    private static readonly (int Rate, int Seconds)[] Runs = [(20_000, 30), (50_000, 10)];

    public async Task<ArrivalResult> RunAsync()
    {
        var samples = new List<ArrivalSample>();
        foreach (var (rate, seconds) in Runs)
        {
            try
            {
                await using var child = await Child.StartAsync(
                    ArrivalChild.Command, new ChildPlan { Url = target.Plain.ToString(), Rate = rate, Seconds = options.Quick ? 3 : seconds });
                var report = await child.ReportAsync();
                if (report.Problem is not null)
                    throw new BenchException(report.Problem);
                samples.Add(new ArrivalSample(rate, report));
                progress.Say(FormattableString.Invariant(
                    $"arrivals {rate}/s: {report.Done} of {report.Offered} done, {samples[^1].OnTimePercent:0.000} % on time, p99 {report.LatenessP99Ms:0.000} ms, {report.Cores:0.00} cores"));
            }
            catch (BenchException e)
            {
                progress.Note($"arrivals at {rate} per second do not count: {e.Message}");
            }
        }

        return new ArrivalResult(samples);
    }
}

/// <summary>All runs that count.</summary>
internal sealed record ArrivalResult(IReadOnlyList<ArrivalSample> Runs);

/// <summary>One run.</summary>
/// <param name="Rate">Iterations per second.</param>
/// <param name="Run">What the run says of itself.</param>
internal sealed record ArrivalSample(int Rate, ChildReport Run)
{
    /// <summary>Share of the iterations due that began at most a millisecond late, in percent.</summary>
    public double OnTimePercent => 100.0 * Run.OnTime / Run.Offered;

    /// <summary>Iterations that were due and not done.</summary>
    public long Lost => Run.Offered - Run.Done;
}
