using Onrush.Runs.Capacity;

namespace Onrush.Runs.Tests.Capacity;

public class CapacitySearchTests
{
    private static readonly CapacityPlan Plan = new(CapacityMetric.Users, SloRule.Parse("p(95)<1000"));

    [Fact]
    public void Growing_doubles_after_one_measurement_that_holds()
    {
        var search = new CapacitySearch(Plan);
        search.Level.ShouldBe(10);
        search.Add(StepVerdict.Held);
        (search.Level, search.Low, search.High).ShouldBe((20, 10, null));
    }

    [Fact]
    public void Growing_tries_again_what_broke_and_then_bisects()
    {
        var search = Grown(40);
        search.Add(StepVerdict.Broke);
        (search.Level, search.High).ShouldBe((40, null));
        search.Add(StepVerdict.Broke);
        (search.Level, search.Low, search.High).ShouldBe((30, 20, 40));
    }

    [Fact]
    public void Growing_goes_on_when_what_broke_once_holds_as_often_as_it_has_to()
    {
        var search = Grown(40);
        search.Add(StepVerdict.Broke);
        search.Add(StepVerdict.Held);
        search.Level.ShouldBe(40);
        search.Add(StepVerdict.Held);
        (search.Level, search.Low).ShouldBe((80, 40));
    }

    [Fact]
    public void Growing_ends_at_the_largest_level()
    {
        var search = new CapacitySearch(Plan with { Max = 25 });
        search.Add(StepVerdict.Held);
        search.Add(StepVerdict.Held);
        search.Level.ShouldBe(25);
        search.Add(StepVerdict.Held);
        (search.IsDone, search.Low, search.High).ShouldBe((true, 25, null));
    }

    [Theory]
    [InlineData(true, 35, 30, 40)]
    [InlineData(false, 25, 20, 30)]
    public void Bisecting_takes_the_half_that_two_measurements_agree_on(bool holds, int next, int low, int high)
    {
        var verdict = holds ? StepVerdict.Held : StepVerdict.Broke;
        var search = Grown(40);
        search.Add(StepVerdict.Broke);
        search.Add(StepVerdict.Broke);
        search.Add(verdict);
        search.Level.ShouldBe(30);
        search.Add(verdict == StepVerdict.Held ? StepVerdict.Broke : StepVerdict.Held);
        search.Level.ShouldBe(30);
        search.Add(verdict);
        (search.Level, search.Low, search.High).ShouldBe((next, low, high));
    }

    [Fact]
    public void The_generator_ends_it_in_either_state()
    {
        var growing = Grown(40);
        growing.Add(StepVerdict.GeneratorBound);
        (growing.IsDone, growing.IsGeneratorBound, growing.Low).ShouldBe((true, true, 20));
        var bisecting = Grown(40);
        bisecting.Add(StepVerdict.Broke);
        bisecting.Add(StepVerdict.Broke);
        bisecting.Add(StepVerdict.GeneratorBound);
        (bisecting.IsDone, bisecting.IsGeneratorBound, bisecting.High).ShouldBe((true, true, 40));
        Should.Throw<InvalidOperationException>(() => bisecting.Add(StepVerdict.Held));
    }

    [Fact]
    public void A_start_that_is_too_high_is_searched_below_down_to_nothing()
    {
        var search = new CapacitySearch(Plan);
        while (!search.IsDone)
            search.Add(search.Level > 3 ? StepVerdict.Broke : StepVerdict.Held);
        (search.Low, search.High).ShouldBe((3, 4));
        var nothing = new CapacitySearch(Plan);
        while (!nothing.IsDone)
            nothing.Add(StepVerdict.Broke);
        (nothing.Low, nothing.High).ShouldBe((0, 1));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(7)]
    [InlineData(9999)]
    [InlineData(1)]
    public void The_limit_is_found_within_five_percent(int limit)
    {
        var search = new CapacitySearch(Plan);
        int steps = 0;
        for (; !search.IsDone; steps++)
            search.Add(search.Level <= limit ? StepVerdict.Held : StepVerdict.Broke);
        search.Low.ShouldBeInRange((int)(limit * 0.95), limit);
        search.High.ShouldNotBeNull();
        search.High.Value.ShouldBeGreaterThan(limit);
        steps.ShouldBeLessThan(40);
    }

    [Fact]
    public void Measurements_that_are_wrong_one_time_in_ten_move_it_by_ten_percent_at_most()
    {
        int good = 0;
        for (int seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var search = new CapacitySearch(Plan);
            while (!search.IsDone)
            {
                // Far from the limit nobody is mistaken.
                bool near = search.Level is > 300 and < 500, lie = near && random.Next(10) == 0;
                search.Add(search.Level <= 400 ^ lie ? StepVerdict.Held : StepVerdict.Broke);
            }

            good += search.Low is >= 360 and <= 440 ? 1 : 0;
        }

        good.ShouldBeGreaterThanOrEqualTo(185);
    }

    private static CapacitySearch Grown(int level)
    {
        var search = new CapacitySearch(Plan);
        while (search.Level < level)
            search.Add(StepVerdict.Held);
        return search;
    }
}
