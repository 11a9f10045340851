using System.Collections.Concurrent;
using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class DoubleBufferTests
{
    private const int MinRequests = 100_000;
    private const int MinSwaps = 50;

    [Fact]
    public async Task Nothing_is_lost_or_counted_twice_when_another_thread_reads_while_the_loop_records()
    {
        var recorder = new LoopRecorder(0, 0, new ManualTime());
        using var handedOver = new BlockingCollection<LoopInterval>();
        var loop = Task.Factory.StartNew(
            () => PlayLoop(recorder, handedOver), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var builder = new IntervalReportBuilder("w", 1);
        var totals = IntervalTotals.Empty;
        foreach (var interval in handedOver.GetConsumingEnumerable())
        {
            var report = builder.Build([interval], new Dictionary<string, int>(), false);
            recorder.Return(interval);
            totals = IntervalTotals.Merge(totals, report.Totals);
        }
        var (requests, swaps) = await loop;

        swaps.ShouldBeGreaterThanOrEqualTo(MinSwaps);
        totals.Series.Values.Sum(s => s.Started).ShouldBe(requests);
        totals.Series.Values.Sum(s => s.Succeeded).ShouldBe(requests);
        long sum = (long)totals.Series.Values.Select(s => s.Time(RequestTime.Success).Sum).Aggregate((a, b) => a + b);
        sum.ShouldBe(requests * (requests + 1) / 2);
        totals.Iterations["s"].Duration.Count.ShouldBe(requests);
    }

    private static (long Requests, long Swaps) PlayLoop(LoopRecorder recorder, BlockingCollection<LoopInterval> handedOver)
    {
        int scenario = recorder.Scenario("s");
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        long requests = 0, swaps = 0;
        try
        {
            while ((requests < MinRequests || swaps < MinSwaps) && DateTime.UtcNow < deadline)
            {
                for (int i = 0; i < 100; i++)
                    Record(recorder, scenario, ++requests);
                if (recorder.Swap(requests, 0, -1) is not { } interval)
                    continue;
                handedOver.Add(interval);
                swaps++;
            }
            // The last interval is only handed over once the reader has given back the one before.
            LoopInterval? last;
            while ((last = recorder.Swap(requests, 0, -1)) is null && DateTime.UtcNow < deadline)
                Thread.Yield();
            handedOver.Add(last.ShouldNotBeNull());
            return (requests, swaps);
        }
        finally
        {
            handedOver.CompleteAdding();
        }
    }

    private static void Record(LoopRecorder recorder, int scenario, long number)
    {
        int series = recorder.Series(scenario, "GET", number % 2 == 0 ? "/even" : "/odd");
        recorder.Started(series);
        recorder.Finished(new RequestSample { Series = series, ResponseNs = number, FromDueNs = -1 });
        recorder.Iteration(scenario, number, -1, false);
    }
}
