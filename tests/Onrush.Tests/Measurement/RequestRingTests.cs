using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class RequestRingTests
{
    [Fact]
    public void Requests_come_out_in_order_with_what_went_wrong()
    {
        var ring = new RequestRing(8);
        Add(ring, 1);
        Add(ring, 2);
        ring.Explain("no");
        Add(ring, 3);

        Read(ring).ShouldBe([(1, null), (2, "no")], "the newest one may still be explained");
        ring.Publish();
        Read(ring).ShouldBe([(3, null)]);
        Read(ring).ShouldBeEmpty();
    }

    [Fact]
    public void What_finds_it_full_is_dropped_and_counted()
    {
        var ring = new RequestRing(4);
        for (int i = 1; i <= 7; i++)
        {
            Add(ring, i);
            ring.Explain($"{i}");
        }
        ring.Publish();

        Read(ring).ShouldBe([(1, "1"), (2, "2"), (3, "3"), (4, "4")]);
        ring.Dropped.ShouldBe(3);
        Add(ring, 8);
        ring.Publish();
        Read(ring).ShouldBe([(8, null)], "nothing is left of the texts of dropped ones");
    }

    [Fact]
    public void A_reader_beside_the_loop_loses_nothing()
    {
        const int Requests = 200_000;
        var ring = new RequestRing(64);
        long sum = 0, read = 0;
        using var done = new ManualResetEventSlim();
        var reader = new Thread(() =>
        {
            bool last;
            do
            {
                last = done.IsSet;
                read += ring.Drain((in RequestEntry e) => sum += e.ResponseNs);
                Thread.Yield();
            }
            while (!last);
        });
        reader.Start();
        long kept = 0;
        for (int i = 1; i <= Requests; i++)
        {
            ref var entry = ref ring.Add(out bool added);
            if (!added)
                continue;
            entry.ResponseNs = i;
            kept += i;
        }
        ring.Publish();
        done.Set();
        reader.Join();

        (read + ring.Dropped).ShouldBe(Requests);
        sum.ShouldBe(kept);
    }

    [Fact]
    public void The_recorder_hands_on_what_it_counts()
    {
        var ring = new RequestRing(8);
        var recorder = new LoopRecorder(0, 0, new ManualTime()) { Requests = ring };
        int series = recorder.Series(recorder.Scenario("s"), "GET", "/hello");
        recorder.Started(series);
        recorder.Finished(new RequestSample { Series = series, Outcome = Outcome.Status, Status = 404, ResponseNs = 5, BlockedNs = 3, ConnectNs = 2, TlsNs = 1, SendNs = 1, WaitNs = 9, BytesSent = 7, BytesReceived = 8, FromDueNs = -1 });
        recorder.Failure(series, Outcome.Status, "404 Not Found");
        recorder.Started(series);
        recorder.Finished(new RequestSample { Series = series, Outcome = Outcome.Cancelled, FromDueNs = -1 });
        recorder.Swap(1_000_000_000, 0, -1);

        var entries = new List<RequestEntry>();
        ring.Drain((in RequestEntry e) => entries.Add(e));

        var entry = entries.ShouldHaveSingleItem();
        entry.Series.Name.ShouldBe("/hello");
        entry.Message.ShouldBe("404 Not Found");
        (entry.Status, entry.ResponseNs, entry.FirstByteNs, entry.ConnectionNs, entry.BytesSent, entry.BytesReceived).ShouldBe(((short)404, 5, 5, 3, 7, 8));
    }

    private static void Add(RequestRing ring, long ns)
    {
        ref var entry = ref ring.Add(out bool added);
        if (added)
            entry.ResponseNs = ns;
    }

    private static List<(long, string?)> Read(RequestRing ring)
    {
        var entries = new List<(long, string?)>();
        ring.Drain((in RequestEntry e) => entries.Add((e.ResponseNs, e.Message)));
        return entries;
    }
}
