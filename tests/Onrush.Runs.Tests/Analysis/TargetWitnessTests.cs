using Onrush.Runs.Analysis;

namespace Onrush.Runs.Tests.Analysis;

/// <summary>What was measured in the target stands beside what was found out about it.</summary>
public class TargetWitnessTests
{
    // A pool of three, reached after two seconds.
    private static readonly Scene Pool = new() { Users = 60, SpawnRate = 2, Seconds = 40, Wait = (0, 0.001), ServiceMs = (_, _) => 20, Width = 3 };

    [Fact]
    public void A_processor_that_is_full_is_named_and_level_metrics_are_not()
    {
        var found = Found(Pool, Row("CPU", "%", second => second < 2 ? 20 : 97), Row("threads", "", _ => 12), Row("memory", "bytes", _ => 250e6));
        found.Text.ShouldEndWith("CPU of process 7 was at 97 % meanwhile.");
        found.Evidence.Select(one => one.Label).Where(label => label.EndsWith("process 7", StringComparison.Ordinal)).ShouldBe(["CPU of process 7"]);
        found.Evidence[^1].Value.ShouldEndWith("97 % then");
    }

    [Fact]
    public void A_processor_with_room_is_no_cause() =>
        Found(Pool, Row("CPU", "%", _ => 11)).Text.ShouldContain("CPU of process 7 was at 11 % only, so that is not what it lacks");

    [Fact]
    public void Between_the_two_nothing_is_said() => Found(Pool, Row("CPU", "%", _ => 70)).ShouldBe(Found(Pool), new SameWords());

    [Fact]
    public void Memory_that_grows_with_the_times_is_told_from_beginning_to_end()
    {
        var found = Found(new Scene { Users = 40, SpawnRate = 20, Seconds = 90, ServiceMs = (t, _) => 20 + t }, Row("memory", "bytes", second => 100e6 + second * 5e6));
        found.Id.ShouldBe(FindingKind.Drift);
        found.Evidence[^1].Label.ShouldBe("memory of process 7");
        found.Evidence[^1].Value.ShouldMatch(@"^1\d\d MB before, 5\d\d MB then$");
    }

    [Fact]
    public void Readings_that_failed_say_nothing() => Found(Pool, Row("CPU", "%", _ => double.NaN)).ShouldBe(Found(Pool), new SameWords());

    private static Finding Found(Scene scene, params TargetRow[] rows) => RunAnalysis.Findings(Stage.Play(scene, seed: 4) with { Targets = rows })[0];

    private static TargetRow Row(string name, string unit, Func<int, double> value) =>
        new("process 7", name, unit, [.. Enumerable.Range(0, 90).Select(second => TargetPoint.Of(second, 1, value(second), second))]);

    private sealed class SameWords : IEqualityComparer<Finding>
    {
        public bool Equals(Finding? x, Finding? y) => x!.Text == y!.Text && x.Evidence.SequenceEqual(y.Evidence);

        public int GetHashCode(Finding obj) => obj.Text.GetHashCode(StringComparison.Ordinal);
    }
}
