using System.Globalization;
using Onrush.Bench.Children;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring;

/// <summary>Iterations at a constant rate: 20,000 per second for half a minute, 50,000 per second for ten seconds. How late do they begin, and is any lost?
/// One loop, since the target has the other core of a small machine, and since more than a core is not to be needed. Before each a loop in C keeps the same schedule:
/// what it cannot do, the machine does not give.</summary>
internal sealed class ArrivalMeasurement(NginxTarget target, BenchOptions options, Progress progress)
{
    private const int FloorSeconds = 10, Connections = 1000;

    private static readonly (int Rate, int Seconds)[] Runs = [(20_000, 30), (50_000, 10)];

    public async Task<ArrivalResult> RunAsync()
    {
        var samples = new List<ArrivalSample>();
        foreach (var (rate, seconds) in Runs)
        {
            try
            {
                var floor = await FloorAsync(rate, options.Quick ? 3 : FloorSeconds);
                await using var child = await Child.StartAsync(
                    ArrivalChild.Command, new ChildPlan { Url = target.Plain.ToString(), Rate = rate, Loops = 1, Seconds = options.Quick ? 3 : seconds });
                var report = await child.ReportAsync();
                if (report.Problem is not null)
                    throw new BenchException(report.Problem);
                samples.Add(new ArrivalSample(rate, report, floor));
                progress.Say(FormattableString.Invariant(
                    $"arrivals {rate}/s: {report.Done} of {report.Offered} done, {samples[^1].OnTimePercent:0.000} % on time, p99 {report.LatenessP99Ms:0.000} ms, {report.Cores:0.00} cores; in C {floor.OnTimePercent:0.000} %, {floor.LatenessP99Ms:0.000} ms, {floor.Cores:0.00} cores"));
            }
            catch (BenchException e)
            {
                progress.Note($"arrivals at {rate} per second do not count: {e.Message}");
            }
        }

        return new ArrivalResult(samples);
    }

    private async Task<ArrivalFloor> FloorAsync(int rate, int seconds)
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bench", "arrivals");
        await using var run = ProgramRun.Start(program, [target.Plain.Host, $"{target.Plain.Port}", $"{Connections}", $"{rate}", $"{seconds}"]);
        await run.ExitAsync(TimeSpan.FromSeconds(seconds + 30));
        var figures = run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (run.ExitCode != 0 || figures.Length != 5)
            throw new BenchException($"{program} did not say how late it was: {run.Output}{run.Errors}");
        return new ArrivalFloor(Figure(0), Figure(1), Figure(2), Figure(3), Figure(4));

        double Figure(int i) => double.Parse(figures[i], CultureInfo.InvariantCulture);
    }
}

/// <summary>All runs that count.</summary>
internal sealed record ArrivalResult(IReadOnlyList<ArrivalSample> Runs);

/// <summary>One run.</summary>
/// <param name="Rate">Iterations per second.</param>
/// <param name="Run">What the run says of itself.</param>
/// <param name="Floor">The same schedule, kept by a loop in C.</param>
internal sealed record ArrivalSample(int Rate, ChildReport Run, ArrivalFloor Floor)
{
    /// <summary>Share of the iterations due that began at most a millisecond late, in percent.</summary>
    public double OnTimePercent => 100.0 * Run.OnTime / Run.Offered;

    /// <summary>Iterations that were due and not done.</summary>
    public long Lost => Run.Offered - Run.Done;
}

/// <summary>How late a loop in C began that only sends and receives.</summary>
/// <param name="OnTimePercent">Share that began at most a millisecond late, in percent.</param>
/// <param name="LatenessMedianMs">Median of the lateness, in milliseconds.</param>
/// <param name="LatenessP99Ms">Its 99th percentile.</param>
/// <param name="LatenessMaxMs">Its maximum.</param>
/// <param name="Cores">Cores that it kept busy.</param>
internal sealed record ArrivalFloor(double OnTimePercent, double LatenessMedianMs, double LatenessP99Ms, double LatenessMaxMs, double Cores);
