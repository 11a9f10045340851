using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class LoopRecorderAllocationTests
{
    [Fact]
    public void Recording_allocates_nothing_once_both_halves_are_warm()
    {
        var recorder = new LoopRecorder(0, 0, new ManualTime());
        int scenario = recorder.Scenario("s");
        string[] names = ["/a", "/b", "/c"];
        for (int i = 0; i < 2; i++)
        {
            Record(recorder, scenario, names, 50_000);
            recorder.Return(recorder.Swap(i, 0, -1)!);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Record(recorder, scenario, names, 50_000);
        var filled = recorder.Swap(9, 0, -1)!;
        Record(recorder, scenario, names, 50_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.ShouldBe(0);
        filled.Series.Sum(s => s.Started).ShouldBe(50_000);
    }

    private static void Record(LoopRecorder recorder, int scenario, string[] names, int count)
    {
        var random = new FastRandom();
        for (int i = 0; i < count; i++)
        {
            var sample = new RequestSample
            {
                Series = recorder.Series(scenario, "GET", names[i % names.Length]),
                Outcome = i % 50 == 0 ? Outcome.Status : Outcome.Success,
                Status = i % 50 == 0 ? (short)500 : (short)200,
                ResponseNs = random.Next(1_000, 100_000_000),
                WaitNs = random.Next(1_000, 100_000_000),
                SendNs = 5_000,
                ReceiveNs = 2_000,
                FromDueNs = random.Next(1_000, 1_000_000_000),
                GeneratorNs = 20_000,
                BytesSent = 100,
                BytesReceived = 200,
            };
            recorder.Started(sample.Series);
            recorder.Finished(sample);
            if (sample.Outcome == Outcome.Status)
                recorder.Failure(sample.Series, Outcome.Status, "HTTP status 500");
            recorder.Iteration(scenario, sample.ResponseNs, -1, false);
            recorder.Turn(sample.SendNs);
        }
    }

    // The same values each time, so that the warm-up touches every octave that is used later.
    private struct FastRandom()
    {
        private ulong _state = 42;

        public long Next(long from, long to)
        {
            _state = _state * 6364136223846793005 + 1442695040888963407;
            return from + (long)(_state >> 33) % (to - from);
        }
    }
}
