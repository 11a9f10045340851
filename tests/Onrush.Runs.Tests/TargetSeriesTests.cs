using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests;

public sealed class TargetSeriesTests
{
    private const int Hour = 3600;

    [Fact]
    public void Readings_come_back_as_points_with_their_unit()
    {
        var state = Fold.Begun();
        state.Apply(Reading(0, 10));
        state.Apply(Reading(5.2, 30));
        state.Apply(Reading(5.9, 50));
        var row = state.At(10).Targets.ShouldHaveSingleItem();
        (row.Source, row.Name, row.Unit).ShouldBe(("process 1", "CPU", "%"));
        row.Points.Select(p => (p.StartSecond, p.LengthSeconds, p.Average, p.Min, p.Max)).ShouldBe([(0, 1, 10, 10, 10), (5, 1, 40, 30, 50)]);
        (row.Count, row.Average, row.Min, row.Max, row.Last).ShouldBe((3, 30, 10, 50, 40));
    }

    [Fact]
    public void A_reading_that_failed_is_a_gap_and_no_figure()
    {
        var state = Fold.Begun();
        state.Apply(Reading(1, double.NaN));
        var row = state.At(2).Targets.Single();
        row.Points.Single().Average.ShouldBeNull();
        (row.Count, row.Average, row.Min, row.Max, row.Last).ShouldBe((0, null, null, null, null));
        state.Apply(Reading(1.5, 7));
        state.At(2).Targets.Single().Points.Single().ShouldBe(new TargetPoint(1, 1, 1, 7, 7, 7, -1));
    }

    [Fact]
    public void What_was_read_long_before_the_start_is_passed_over_and_what_was_read_just_before_is_the_first_point()
    {
        var state = Fold.Begun();
        state.Apply(Reading(-11, 5));
        state.At(1).Targets.ShouldBeEmpty();
        state.Apply(Reading(-1, 5));
        state.At(1).Targets.Single().Points.Single().StartSecond.ShouldBe(0);
        new RunState().Apply(Reading(1, 5));
    }

    [Fact]
    public void A_day_is_bounded_and_loses_no_reading()
    {
        var state = Fold.Begun();
        for (int second = 0; second < 24 * Hour; second += 2)
            state.Apply(Reading(second, second));
        var row = state.At(24 * Hour).Targets.Single();
        row.Count.ShouldBe(12 * Hour);
        row.Points.Sum(p => p.Sum).ShouldBe(Enumerable.Range(0, 12 * Hour).Sum(i => 2.0 * i));
        row.Points.Count.ShouldBeLessThan(1800 + 1800 + 1440 + 60);
        row.Points.Zip(row.Points.Skip(1)).ShouldAllBe(pair => pair.First.StartSecond + pair.First.LengthSeconds <= pair.Second.StartSecond);
        row.Points[0].LengthSeconds.ShouldBe(60);
        row.Points[^1].LengthSeconds.ShouldBe(1);
    }

    [Fact]
    public void A_picture_does_not_change_when_more_is_read()
    {
        var state = Fold.Begun();
        var random = new Random(3);
        List<(TargetRow Row, string Text)> pictures = [];
        for (int i = 0; i < 3000; i++)
        {
            // Mostly in order, sometimes late by minutes, as readings of a cloud are.
            state.Apply(Reading(Math.Max(0, i * 3 - (i % 7 == 0 ? random.Next(600) : 0)), i));
            if (i % 50 == 0)
                pictures.Add((state.At(i * 3).Targets.Single(), Text(state.At(i * 3).Targets.Single())));
        }
        pictures.Where(picture => Text(picture.Row) != picture.Text).ShouldBeEmpty();
        static string Text(TargetRow row) => string.Join(' ', row.Points.Select(p => $"{p.StartSecond}:{p.Count}:{p.Sum}"));
    }

    [Fact]
    public void Late_points_say_when_they_came()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        worker.Play(state, 100);
        state.Apply(Reading(20, 1));
        state.Apply(Reading(10, 1));
        state.At(100).Targets.Single().Points.Select(p => (p.StartSecond, p.FoldedAt)).ShouldBe([(10, 99), (20, 99)]);
    }

    private static TargetMetrics Reading(double second, double value) =>
        new(FakeWorker.StartUnixMs + (long)(second * 1000), "process 1", new Dictionary<string, double> { ["CPU"] = value })
        {
            Units = new Dictionary<string, string> { ["CPU"] = "%" },
        };
}
