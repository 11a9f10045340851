using Onrush.Measurement;
using Onrush.Outputs.K6;

namespace Onrush.Outputs.Tests.K6;

public sealed class K6PartTests
{
    private static SeriesInterval Series(params (Outcome Outcome, int Status)[] requests)
    {
        var worker = new FakeWorker();
        foreach (var (outcome, status) in requests)
            worker.End(worker.Begin(), 1, outcome, more: new RequestSample { Status = (short)status });
        return worker.Report().Totals.Series.Values.Single();
    }

    [Fact]
    public void Good_ones_and_failed_statuses_are_told_apart() =>
        K6Part.Of(Series((Outcome.Success, 200), (Outcome.Success, 200), (Outcome.Status, 500), (Outcome.Status, 404), (Outcome.Refused, 0)))
            .ShouldBe([new(0, false, 1), new(500, false, 1), new(404, false, 1), new(200, true, 2)]);

    [Fact]
    public void A_good_409_and_a_failed_200_keep_their_sums()
    {
        var parts = K6Part.Of(Series((Outcome.Success, 409), (Outcome.Success, 200), (Outcome.Check, 200)));
        parts.Sum(part => part.Count).ShouldBe(3);
        parts.Where(part => !part.Expected).Sum(part => part.Count).ShouldBe(1);
        parts.GroupBy(part => part.Status).ToDictionary(group => group.Key, group => group.Sum(part => part.Count)).ShouldBe(new Dictionary<int, long> { [409] = 1, [200] = 2 }, ignoreOrder: true);
    }

    [Fact]
    public void Cancelled_ones_are_in_none() =>
        K6Part.Of(Series((Outcome.Success, 200), (Outcome.Cancelled, 0))).ShouldBe([new(200, true, 1)]);
}
