using System.Globalization;
using System.Text.RegularExpressions;
using Onrush.Bench.Children;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring;

/// <summary>
/// A generator that is itself the limit: 200 users on one loop with 100 us of busy code after each response. Does it say so, and are its
/// response times those that an idle observer (wrk with one connection) sees at the same time?
/// </summary>
internal sealed partial class BoundMeasurement(NginxTarget target, BenchOptions options, Progress progress)
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
                    $"bound round {round + 1}: ours p50 {sample.Run.MedianMs * 1000:0} us, observer {sample.ObserverMedianMs * 1000:0} us, marked {sample.Run.IsBound}"));
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
        await using var child = await Child.StartAsync(
            GeneratorChild.Command, new ChildPlan { User = nameof(BusyUser), Url = target.Plain.ToString(), Users = Users, Loops = 1 });
        var output = await ProgramRun.ReadAsync(
            "wrk", "-t1", "-c1", "-d", string.Create(CultureInfo.InvariantCulture, $"{options.Seconds}s"), "--latency", target.Plain.ToString());
        var report = await child.ReportAsync();
        if (report.Problem is not null)
            throw new BenchException(report.Problem);
        return new BoundSample(report, ObserverMedianMs(output));
    }

    private static double ObserverMedianMs(string output)
    {
        var match = Median().Match(output);
        if (!match.Success)
            throw new BenchException($"wrk gave no median:\n{output}");
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
    }

    [GeneratedRegex(@"^\s*50%\s+([\d.]+)(us|ms|s)\s*$", RegexOptions.Multiline)]
    private static partial Regex Median();
}

/// <summary>All rounds that count.</summary>
internal sealed record BoundResult(IReadOnlyList<BoundSample> Rounds);

/// <summary>One round.</summary>
/// <param name="Run">What the run says of itself.</param>
/// <param name="ObserverMedianMs">Median that wrk with one connection saw meanwhile, in milliseconds.</param>
internal sealed record BoundSample(ChildReport Run, double ObserverMedianMs)
{
    /// <summary>Our median as a multiple of the observer's.</summary>
    public double Ratio => Run.MedianMs / ObserverMedianMs;

    /// <summary>What a tool without kernel timestamps would have shown at least, in milliseconds: ours and what the generator added.</summary>
    public double NaiveMedianMs => Run.MedianMs + Run.AddedMedianMs;
}
