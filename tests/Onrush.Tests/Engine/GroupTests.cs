using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Engine;

/// <summary>Groups and tags of users that take turns on one loop.</summary>
public sealed class GroupTests
{
    [Fact]
    public async Task Users_that_take_turns_keep_their_groups_and_tags_apart()
    {
        using var harness = new LoopHarness(Transports.Portable);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => harness.RunAsync(async () =>
        {
            var user = harness.CreateUser();
            for (var round = 0; round < 10; round++)
            {
                var outer = user.EnterGroup($"outer{i % 4}");
                await user.YieldAsync();
                user.Check("outer", true);
                user.SetTag("user", $"{i}");
                var inner = user.EnterGroup("inner");
                await user.SleepUntilAsync(user.Now + MonotonicClock.Millisecond);
                user.Check("inner", true);
                user.LeaveGroup(inner);
                await user.YieldAsync();
                user.Check("after inner", true);
                user.LeaveGroup(outer);
                user.Check("outside", true);
                user.SetTag("user", "");
                user.Tags.ShouldBe(TagTable.None);
            }
        })));

        var metrics = await MetricsAsync(harness);
        for (var i = 0; i < 4; i++)
        {
            Count(metrics, "outer", ("group", $"::outer{i}")).ShouldBe(50);
            metrics.Where(m => m.Key.Name == "group_duration" && m.Key.Tags["group"] == $"::outer{i}").Sum(m => m.Value.Count).ShouldBe(50);
            metrics.Where(m => m.Key.Name == "group_duration" && m.Key.Tags["group"] == $"::outer{i}::inner").Sum(m => m.Value.Count).ShouldBe(50);
        }

        for (var i = 0; i < 20; i++)
        {
            Count(metrics, "inner", ("group", $"::outer{i % 4}::inner"), ("user", $"{i}")).ShouldBe(10);
            Count(metrics, "after inner", ("group", $"::outer{i % 4}"), ("user", $"{i}")).ShouldBe(10);
            Count(metrics, "outside", ("user", $"{i}")).ShouldBe(10);
        }

        metrics.Values.Sum(m => m.Count).ShouldBe(20 * 10 * 6);
        metrics.Where(m => m.Key.Tags["group"]?.EndsWith("::inner", StringComparison.Ordinal) == true && m.Key.Name == "group_duration")
            .Min(m => m.Value.Min).ShouldBeGreaterThanOrEqualTo(1, "milliseconds");
    }

    [Fact]
    public async Task What_an_iteration_leaves_open_does_not_reach_into_the_next()
    {
        using var harness = new LoopHarness(Transports.Portable);
        await harness.InvokeAsync(() =>
        {
            var user = harness.CreateUser();
            user.SetTag("page", "home");
            user.EnterGroup("left open");
            var lost = user.EnterGroup("and another");
            user.IterationStarted("next", -1);
            user.Check("next", true);
            user.LeaveGroup(lost);
            user.Check("later", true);
            user.EnterGroup("in the last one");
            user.UserStopping();
            user.Check("stop", true);
        });
        var metrics = await MetricsAsync(harness);
        foreach (var check in (string[])["next", "later", "stop"])
            Count(metrics, check, ("page", "home")).ShouldBe(1, check);
        metrics.Keys.ShouldNotContain(key => key.Name == "group_duration");
    }

    [Fact]
    public async Task Leaving_twice_or_from_the_outside_in_changes_nothing_more()
    {
        using var harness = new LoopHarness(Transports.Portable);
        await harness.InvokeAsync(() =>
        {
            var user = harness.CreateUser();
            var outer = user.EnterGroup("outer");
            var inner = user.EnterGroup("inner");
            user.LeaveGroup(outer);
            user.LeaveGroup(inner);
            user.LeaveGroup(outer);
            user.Tags.ShouldBe(TagTable.None);
        });
        var metrics = await MetricsAsync(harness);
        metrics.Single().Key.Tags["group"].ShouldBe("::outer");
        metrics.Single().Value.Count.ShouldBe(1);
    }

    [Fact]
    public async Task On_another_thread_checks_and_values_are_posted_and_a_group_is_refused()
    {
        using var harness = new LoopHarness(Transports.Portable);
        var counter = new MetricInfo("orders", MetricKind.Counter, MetricUnit.None);
        LoopUser user = null!;
        await harness.RunAsync(async () =>
        {
            user = harness.CreateUser();
            user.SetTag("page", "home");
            var group = user.EnterGroup("login");
            await Task.Run(() =>
            {
                user.Check("elsewhere", true);
                user.Report(counter, 3, [("kind", "x")]);
                Should.Throw<InvalidOperationException>(() => user.EnterGroup("x")).Message.ShouldContain("on the user's own thread");
                Should.Throw<InvalidOperationException>(() => user.SetTag("x", "y"));
                user.LeaveGroup(group);
            }).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
            user.Check("back", true);
        });
        var metrics = await MetricsAsync(harness);
        Count(metrics, "elsewhere", ("group", "::login"), ("page", "home")).ShouldBe(1);
        Count(metrics, "back", ("page", "home")).ShouldBe(1);
        metrics.Single(m => m.Key.Name == "orders").Value.Sum.ShouldBe(3);
        metrics.Single(m => m.Key.Name == "orders").Key.Tags.ToString().ShouldBe("{group:::login,kind:x,page:home}");
    }

    [Fact]
    public async Task A_group_that_is_cut_with_its_user_has_no_duration()
    {
        using var harness = new LoopHarness(Transports.Portable);
        await harness.InvokeAsync(() =>
        {
            var user = harness.CreateUser();
            var group = user.EnterGroup("login");
            user.Kill();
            user.LeaveGroup(group);
            user.Tags.ShouldBe(TagTable.None);
        });
        (await MetricsAsync(harness)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Measured_operations_carry_group_and_tags_and_are_told_apart_from_requests()
    {
        using var harness = new LoopHarness(Transports.Portable);
        var series = await harness.InvokeAsync(() =>
        {
            var user = harness.CreateUser();
            var group = user.EnterGroup("login");
            var inside = user.MeasureStarted("SQL", "select");
            user.MeasureFinished(inside, user.Now, 0, null);
            user.LeaveGroup(group);
            user.MeasureFinished(user.MeasureStarted("SQL", "select"), user.Now, 0, null);
            return IntervalTotals.From(harness.Loop.Recorder.Swap(MonotonicClock.Now, 0, -1)!).Series.Keys.Order().ToArray();
        });
        series.Select(key => key.Tags?.ToString()).ShouldBe(["{group:::login,proto:other}", "{proto:other}"]);
    }

    private static long Count(IReadOnlyDictionary<MetricKey, MetricInterval> metrics, string check, params (string Name, string Value)[] tags)
    {
        var set = TagSet.Of([.. tags.Select(t => KeyValuePair.Create(t.Name, t.Value)), new("check", check)]);
        return metrics.TryGetValue(new MetricKey("checks", MetricKind.Rate, MetricUnit.None, "s", set), out var found) ? found.Count : 0;
    }

    private static Task<IReadOnlyDictionary<MetricKey, MetricInterval>> MetricsAsync(LoopHarness harness) =>
        harness.InvokeAsync(() => IntervalTotals.From(harness.Loop.Recorder.Swap(MonotonicClock.Now, 0, -1)!).Metrics);
}
