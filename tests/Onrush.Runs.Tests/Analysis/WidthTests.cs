using Onrush.Runs.Analysis;

namespace Onrush.Runs.Tests.Analysis;

/// <summary>How many requests a saturated target is said to work on at a time, also where a steep ramp leaves no second without a queue.</summary>
public class WidthTests
{
    private static readonly Scene Eager = new() { Users = 60, Seconds = 24, Wait = (0, 0.001), Spread = 0.05 };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(20)]
    public void One_thread_works_on_one_however_steep_the_ramp(double spawnRate) =>
        Words(Eager with { SpawnRate = spawnRate, Seconds = (int)(60 / spawnRate) + 12, ServiceMs = (_, _) => 5, Width = 1, ConnectEachTime = true })
            .ShouldContain("It works on one request at a time");

    /// <summary>What is left then is a lowest level that has most of the throughput already: its requests stood in line.</summary>
    [Theory]
    [InlineData(1.5)]
    [InlineData(2.5)]
    public void One_thread_works_on_one_although_the_generator_was_bound_while_there_was_no_queue(double boundUntil) =>
        Words(Eager with { SpawnRate = 4, Seconds = 27, Busy = second => second < boundUntil ? 0.97 : 0.1, ServiceMs = (second, _) => second < boundUntil + 1.5 ? 7.5 : 5, Width = 1 })
            .ShouldContain("It works on one request at a time");

    [Fact]
    public void Where_all_came_at_once_it_is_told_between_bounds() =>
        Words(Eager with { SpawnRate = 1000, ServiceMs = (_, _) => 5, Width = 1 }).ShouldMatch("It works on 1 to [1-9] requests at a time: there was a queue");

    [Fact]
    public void Where_each_asked_once_and_all_at_once_it_is_the_most_that_is_told() =>
        Words(Eager with { Users = 2000, SpawnRate = 2000, Wait = (600, 600), ServiceMs = (_, _) => 250, Width = 50, Spread = 0.02 })
            .ShouldMatch("It works on [456][0-9] requests at a time at the most: all were asked for at once");

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    public void A_pool_of_three_works_on_three(double spread) =>
        Words(Eager with { SpawnRate = 10, Spread = spread, ServiceMs = (_, _) => 20, Width = 3 }).ShouldMatch("It works on (about|[12] to) [234] requests at a time");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Some_requests_held_up_at_the_start_widen_no_pool(double spawnRate) =>
        Words(Eager with { SpawnRate = spawnRate, Seconds = (int)(60 / spawnRate) + 12, ServiceMs = (second, random) => second < 4 && random.NextDouble() < 0.3 ? 60 : 20, Width = 3 })
            .ShouldContain("It works on about 3 requests at a time");

    [Fact]
    public void Times_that_truly_differ_are_told_by_their_mean() =>
        Words(Eager with { SpawnRate = 2, Seconds = 42, ServiceMs = (_, random) => -20 * Math.Log(1 - random.NextDouble()), Spread = 0, Width = 10 })
            .ShouldMatch("It works on about (8|9|10|11|12) requests at a time");

    [Fact]
    public void Two_hundred_threads_work_on_two_hundred_and_it_is_known_whose_default_that_is()
    {
        string words = Words(Eager with { Users = 800, SpawnRate = 40, Seconds = 26, ServiceMs = (_, _) => 500, Spread = 0.01, Width = 200 });
        words.ShouldMatch("It works on about (19|20|21)0 requests at a time");
        words.ShouldContain("200 is the default of Tomcat's number of threads");
        words.ShouldMatch("throughput stays at (39[5-9]|40[0-5])/s");
    }

    private static string Words(Scene scene)
    {
        var findings = RunAnalysis.Findings(Stage.Play(scene, seed: 5));
        findings.ShouldNotBeEmpty();
        findings[0].Id.ShouldBe(FindingKind.Saturation, string.Join(", ", findings.Select(f => f.Id)));
        return findings[0].Text;
    }
}
