using Onrush.Measurement;
using Onrush.Runs.Comparison;

namespace Onrush.Runs.Tests.Comparison;

/// <summary>
/// A made-up run against a target whose response times vary as real ones do: from request to request, from second to second, and over
/// minutes. The load is closed: the rate falls as the times grow.
/// </summary>
internal sealed record SimulatedTarget
{
    private static readonly Endpoint Hello = new("default", "GET", "/hello");

    /// <summary>Typical response time in milliseconds.</summary>
    public double BaseMs { get; init; } = 20;

    /// <summary>Users, each with one request at a time.</summary>
    public double Users { get; init; } = 4;

    /// <summary>Spread from request to request, in logarithms.</summary>
    public double PerRequest { get; init; } = 0.25;

    /// <summary>Spread from second to second, in logarithms.</summary>
    public double PerSecond { get; init; }

    /// <summary>How alike neighbouring seconds are, 0 to 1.</summary>
    public double Memory { get; init; }

    /// <summary>Spread from run to run, in logarithms.</summary>
    public double PerRun { get; init; }

    /// <summary>Change from the beginning to the end of a run, in logarithms; its sign is chance.</summary>
    public double Drift { get; init; }

    /// <summary>How much slower a stretch of chance length is, as with a noisy neighbour; in logarithms.</summary>
    public double Neighbour { get; init; }

    /// <summary>Share of the seconds with a stall in which one request in twenty takes ten times as long.</summary>
    public double Stalls { get; init; }

    /// <summary>Share of the requests that fail.</summary>
    public double Failing { get; init; } = 0.01;

    /// <summary>A run of so many seconds.</summary>
    public ComparedRun Run(Random random, int seconds, double slower = 1)
    {
        var slots = new List<Slot>();
        double state = PerSecond * Normal(random), run = PerRun * Normal(random), drift = Drift * (random.Next(2) * 2 - 1);
        int from = random.Next(seconds), to = from + random.Next(seconds / 2);
        for (int second = 0; second < seconds; second++)
        {
            state = Memory * state + PerSecond * Math.Sqrt(1 - Memory * Memory) * Normal(random);
            double level = state + run + drift * ((second + 0.5) / seconds - 0.5) + (second >= from && second < to ? Neighbour : 0);
            double ms = BaseMs * slower * Math.Exp(level);
            bool stall = random.NextDouble() < Stalls;
            int requests = (int)(Users * 1000 / ms);
            var histogram = new Histogram(new ChunkPool());
            int failed = 0;
            for (int i = 0; i < requests; i++)
            {
                double time = ms * Math.Exp(PerRequest * Normal(random)) * (stall && random.Next(20) == 0 ? 10 : 1);
                if (random.NextDouble() < Failing)
                    failed++;
                else
                    histogram.Add((long)(time * 1e6));
            }
            var slot = new Slot { Seconds = 1 };
            slot.Add(Hello, new EndpointPart(requests - failed, failed, HistogramData.From(histogram)));
            slots.Add(slot);
        }
        return new ComparedRun("run", new Dictionary<string, string>(), slots);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
