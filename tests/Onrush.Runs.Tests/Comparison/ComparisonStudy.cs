using System.Globalization;
using Onrush.Runs.Comparison;

namespace Onrush.Runs.Tests.Comparison;

/// <summary>
/// How often each way to compare is wrong, for docs/decisions. Takes minutes, so it runs only when asked for:
/// <c>Onrush.Runs.Tests -explicit only -class "*ComparisonStudy*" -showLiveOutput</c>.
/// </summary>
public class ComparisonStudy(ITestOutputHelper output)
{
    private const int Tries = 100;

    private static readonly (string Name, SimulatedTarget Target)[] Targets =
    [
        ("quiet", new SimulatedTarget()),
        ("seconds vary by 5 %, forgotten at once", new SimulatedTarget { PerSecond = 0.05 }),
        ("seconds vary by 5 %, alike for 5 s", new SimulatedTarget { PerSecond = 0.05, Memory = 0.8 }),
        ("seconds vary by 5 %, alike for 20 s", new SimulatedTarget { PerSecond = 0.05, Memory = 0.95 }),
        ("drifts by 10 %", new SimulatedTarget { PerSecond = 0.02, Drift = 0.1 }),
        ("neighbour of 15 % for a while", new SimulatedTarget { PerSecond = 0.02, Neighbour = 0.15 }),
        ("runs differ by 2 %", new SimulatedTarget { PerSecond = 0.02, PerRun = 0.02 }),
        ("a stall in every tenth second", new SimulatedTarget { PerSecond = 0.02, Stalls = 0.1 }),
    ];

    [Fact(Explicit = true)]
    public void How_often_each_method_is_wrong()
    {
        foreach (int seconds in (int[])[30, 120])
        {
            foreach (double least in (double[])[0, 5])
            {
                var methods = Methods(least);
                output.WriteLine(Line($"\n{seconds} s, least change {least} %\n\n| target | {string.Join(" | ", methods.Select(m => m.Name))} |\n|:-{string.Concat(methods.Select(_ => "|-:"))}|"));
                foreach (var (name, target) in Targets)
                {
                    var cells = methods.Select(_ => (False: 0, Found: 0)).ToArray();
                    Parallel.For(0, Tries, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
                    {
                        var random = new Random(1000 * seconds + i);
                        var before = target.Run(random, seconds);
                        var same = target.Run(random, seconds);
                        var slower = target.Run(random, seconds, 1.1);
                        for (int m = 0; m < methods.Length; m++)
                        {
                            bool isFalse = methods[m].Any(before, same, new Random(i)), found = methods[m].Any(before, slower, new Random(i));
                            lock (cells)
                                cells[m] = (cells[m].False + (isFalse ? 1 : 0), cells[m].Found + (found ? 1 : 0));
                        }
                    });
                    output.WriteLine(Line($"| {name} | {string.Join(" | ", cells.Select(c => $"{100.0 * c.False / Tries:0.#} / {100.0 * (Tries - c.Found) / Tries:0.#}"))} |"));
                }
            }
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static (string Name, Func<ComparedRun, ComparedRun, Random, bool> Any)[] Methods(double least) =>
    [
        ("histograms", (a, b, _) => OtherMethods.Requests(a, b, least).Any(x => x)),
        ("bootstrap, 1 s", (a, b, random) => OtherMethods.Bootstrap(a, b, least, 1, random).Any(x => x)),
        ("bootstrap, 5 s", (a, b, random) => OtherMethods.Bootstrap(a, b, least, 5, random).Any(x => x)),
        .. new[] { 5, 10, 20 }.Select(blocks => ($"{blocks} blocks", (Func<ComparedRun, ComparedRun, Random, bool>)((a, b, _) =>
            Comparer.Compare(a, b, new ComparisonOptions { Blocks = blocks, LeastChangePercent = least, LeastFailedPoints = 100 })
                .Endpoints.Any(e => e.Metrics.Any(m => m.Metric <= ComparedMetric.Mean && m.IsSignificant))))),
    ];
}
