using System.Diagnostics;
using Onrush.Measurement;

namespace Onrush.Bench.Measuring;

/// <summary>What the bookkeeping of one request costs, in this process: the clock readings, the look-up of the series, begin and end.</summary>
internal static class MeasuringCost
{
    private const int Requests = 1_000_000;
    private const int Runs = 7;

    // Begin, request written, bytes read, iteration over.
    private const int ClockReadings = 4;

    /// <returns>Nanoseconds per request, the best of several runs: the machine can only add to it.</returns>
    public static double NanosecondsPerRequest()
    {
        var recorder = new LoopRecorder(0, 0, TimeProvider.System);
        var scenario = recorder.Scenario("s");
        var best = double.MaxValue;
        long clock = 0;
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Requests; i++)
            {
                for (var reading = 0; reading < ClockReadings; reading++)
                    clock += Stopwatch.GetTimestamp();
                var series = recorder.Series(scenario, "GET", "/");
                recorder.Started(series);
                recorder.Finished(new RequestSample
                {
                    Series = series,
                    ResponseNs = 100_000 + (i & 0xffff),
                    SendNs = 10_000,
                    WaitNs = 90_000,
                    BytesSent = 50,
                    BytesReceived = 260,
                    Status = 200,
                    FromDueNs = -1,
                });
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Requests);
        }
        GC.KeepAlive(clock);
        return best;
    }
}
