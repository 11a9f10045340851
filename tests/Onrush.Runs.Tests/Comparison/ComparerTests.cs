using Onrush.Measurement;
using Onrush.Runs.Comparison;

namespace Onrush.Runs.Tests.Comparison;

public class ComparerTests
{
    private const int Tries = 40;

    // As noisy as a shared machine is: seconds vary and remember, and runs are not quite alike.
    private static readonly SimulatedTarget Target = new() { PerSecond = 0.03, Memory = 0.5, PerRun = 0.01, Stalls = 0.05 };

    [Fact]
    public void Runs_of_the_same_target_are_the_same()
    {
        int quiet = Enumerable.Range(0, Tries).Count(i =>
        {
            var random = new Random(i);
            return Comparer.Compare(Target.Run(random, 60), Target.Run(random, 60)).NothingChanged;
        });

        quiet.ShouldBeGreaterThanOrEqualTo(Tries * 18 / 20);
    }

    [Fact]
    public void A_target_ten_percent_slower_is_found()
    {
        int found = Enumerable.Range(0, Tries).Count(i =>
        {
            var random = new Random(i);
            var comparison = Comparer.Compare(Target.Run(random, 60), Target.Run(random, 60, slower: 1.1));
            return comparison.Endpoints.Any(e => Of(e, ComparedMetric.Median).Kind == ChangeKind.Worse);
        });

        found.ShouldBeGreaterThanOrEqualTo(Tries * 18 / 20);
    }

    [Fact]
    public void The_interval_holds_the_truth()
    {
        // Seconds that forget at once, no luck of the run: here the method promises what it says.
        var target = new SimulatedTarget { PerSecond = 0.05 };
        double truth = 100 * (1.2 - 1);
        int holds = Enumerable.Range(0, Tries).Count(i =>
        {
            var random = new Random(i);
            var comparison = Comparer.Compare(target.Run(random, 60), target.Run(random, 60, slower: 1.2));
            var change = Of(comparison.Endpoints[0], ComparedMetric.Median);
            return change.Low <= truth && truth <= change.High;
        });

        holds.ShouldBeGreaterThanOrEqualTo(Tries * 19 / 20);
    }

    [Fact]
    public void Worse_and_better_know_their_direction()
    {
        var quiet = new SimulatedTarget();
        var comparison = Comparer.Compare(quiet.Run(new Random(1), 30), quiet.Run(new Random(2), 30, slower: 1.5));
        var reverse = Comparer.Compare(quiet.Run(new Random(2), 30, slower: 1.5), quiet.Run(new Random(1), 30));

        foreach (var metric in (ComparedMetric[])[ComparedMetric.Median, ComparedMetric.P95, ComparedMetric.Mean, ComparedMetric.Rps])
        {
            Of(comparison.Endpoints[0], metric).Kind.ShouldBe(ChangeKind.Worse, $"{metric}");
            Of(reverse.Endpoints[0], metric).Kind.ShouldBe(ChangeKind.Better, $"{metric}");
        }
        Of(comparison.Endpoints[0], ComparedMetric.Median).Change.ShouldBe(50, 3);
        Of(comparison.Endpoints[0], ComparedMetric.Rps).Change.ShouldBe(-33.3, 2);
        Of(comparison.Endpoints[0], ComparedMetric.Failed).Kind.ShouldBe(ChangeKind.Noise);
    }

    [Fact]
    public void Failures_are_compared_in_points()
    {
        var good = new SimulatedTarget { Failing = 0 }.Run(new Random(1), 60);
        var bad = new SimulatedTarget { Failing = 0.05 }.Run(new Random(2), 60);

        var change = Of(Comparer.Compare(good, bad).Endpoints[0], ComparedMetric.Failed);
        change.Kind.ShouldBe(ChangeKind.Worse);
        change.Change.ShouldBe(5, 1);
        Of(Comparer.Compare(bad, good).Endpoints[0], ComparedMetric.Failed).Kind.ShouldBe(ChangeKind.Better);
        Of(Comparer.Compare(good, good).Endpoints[0], ComparedMetric.Failed).Kind.ShouldBe(ChangeKind.Noise);
    }

    [Fact]
    public void One_failure_more_is_noise()
    {
        var good = new SimulatedTarget { Failing = 0 }.Run(new Random(1), 60);
        var one = new SimulatedTarget { Failing = 0 }.Run(new Random(2), 60);
        one.Slots[30].Add(new Endpoint("default", "GET", "/hello"), new EndpointPart(0, 1, HistogramData.Empty));

        Of(Comparer.Compare(good, one, new ComparisonOptions { LeastFailedPoints = 0 }).Endpoints[0], ComparedMetric.Failed).Kind.ShouldBe(ChangeKind.Noise);
    }

    [Fact]
    public void Too_few_requests_are_said_to_be_so()
    {
        var rare = new SimulatedTarget { Users = 0.05 };

        var endpoint = Comparer.Compare(rare.Run(new Random(1), 60), rare.Run(new Random(2), 60)).Endpoints[0];

        Of(endpoint, ComparedMetric.Median).Kind.ShouldNotBe(ChangeKind.TooFew);
        Of(endpoint, ComparedMetric.P95).Kind.ShouldBe(ChangeKind.TooFew);
        Of(endpoint, ComparedMetric.P99).Kind.ShouldBe(ChangeKind.TooFew);
    }

    [Fact]
    public void Endpoints_of_one_run_only_are_listed()
    {
        var before = new SimulatedTarget().Run(new Random(1), 30);
        var after = new SimulatedTarget().Run(new Random(2), 30);
        before.Slots[0].Add(new Endpoint("default", "GET", "/gone"), new EndpointPart(1, 0, HistogramData.Empty));
        after.Slots[0].Add(new Endpoint("default", "GET", "/new"), new EndpointPart(1, 0, HistogramData.Empty));

        var comparison = Comparer.Compare(before, after);

        comparison.Gone.ShouldHaveSingleItem().Name.ShouldBe("/gone");
        comparison.Added.ShouldHaveSingleItem().Name.ShouldBe("/new");
    }

    [Fact]
    public void Runs_without_anything_are_compared_too()
    {
        var nothing = new ComparedRun("nothing", new Dictionary<string, string>(), []);

        var comparison = Comparer.Compare(nothing, nothing);

        comparison.Endpoints.ShouldBeEmpty();
        comparison.Objections.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_makes_a_comparison_unfair_is_said()
    {
        var target = new SimulatedTarget();
        var run = target.Run(new Random(1), 30) with { Plan = new Dictionary<string, string> { ["users"] = "10", ["load test"] = "a.cs" } };
        var other = target.Run(new Random(1), 8) with { Name = "other", Plan = new Dictionary<string, string> { ["users"] = "20", ["load test"] = "a.cs" } };
        foreach (var slot in other.Slots.Take(4))
            slot.BoundSeconds = 1;

        Comparer.Compare(run, run).Objections.ShouldBeEmpty();
        Comparer.Compare(run, other).Objections.ShouldBe(
        [
            "Another plan: users was 10 and is 20.",
            "other is too short: 8 s are left to compare, 10 s are needed.",
            "other was generator-bound in 50 % of its seconds: its figures are not only the target's.",
        ]);
    }

    private static MetricChange Of(EndpointChange endpoint, ComparedMetric metric) => endpoint.Metrics.Single(m => m.Metric == metric);
}
