using Onrush.Engine;

namespace Onrush.Tests.Engine;

public sealed class DeadlineQueueTests
{
    private readonly TimerHeap _timers = new();
    private readonly List<int> _expired = [];

    [Fact]
    public void Deadlines_expire_in_the_order_of_their_start_and_not_before_their_time()
    {
        var queue = new DeadlineQueue(_timers, 100);
        for (var i = 0; i < 5; i++)
            queue.Add(new Entry(i, _expired), i * 10);

        _timers.RunDue(99);
        _expired.ShouldBeEmpty();
        _timers.RunDue(120);
        _expired.ShouldBe([0, 1, 2]);
        _timers.RunDue(1000);
        _expired.ShouldBe([0, 1, 2, 3, 4]);
        _timers.Count.ShouldBe(0);
    }

    [Fact]
    public void A_deadline_that_was_met_never_expires_wherever_it_stood()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            _expired.Clear();
            var queue = new DeadlineQueue(_timers, 50);
            var open = new Dictionary<int, (Entry Entry, long Due)>();
            var expected = new List<int>();
            long now = seed * 100_000;
            for (var i = 0; i < 500; i++)
            {
                now += random.Next(10);
                _timers.RunDue(now);
                expected.AddRange(open.Where(e => e.Value.Due <= now).OrderBy(e => e.Key).Select(e => e.Key));
                foreach (var gone in expected)
                    open.Remove(gone);
                _expired.ShouldBe(expected);
                if (random.Next(3) == 0 && open.Count > 0)
                {
                    var (key, value) = open.ElementAt(random.Next(open.Count));
                    DeadlineQueue.Remove(value.Entry);
                    DeadlineQueue.Remove(value.Entry);
                    open.Remove(key);
                }
                else
                {
                    var entry = new Entry(i, _expired);
                    queue.Add(entry, now);
                    open.Add(i, (entry, now + 50));
                }
            }

            _timers.RunDue(now + 50);
        }
    }

    [Fact]
    public void What_expires_may_begin_anew_in_the_same_queue()
    {
        var queue = new DeadlineQueue(_timers, 100);
        var again = new Entry(2, _expired);
        queue.Add(new Entry(1, _expired) { Then = () => queue.Add(again, 100) }, 0);

        _timers.RunDue(100);
        _expired.ShouldBe([1]);
        _timers.NextDue.ShouldBe(200);
        _timers.RunDue(200);
        _expired.ShouldBe([1, 2]);
    }

    /// <summary>A loop that was kept from looking does not know yet whether what was waited for is there.</summary>
    [Fact]
    public void A_deadline_expires_only_when_the_loop_has_looked_after_it()
    {
        var queue = new DeadlineQueue(_timers, 100);
        queue.Add(new Entry(1, _expired), 0);
        queue.Add(new Entry(2, _expired), 50);
        var met = new Entry(3, _expired);
        queue.Add(met, 60);

        _timers.SeenNs = 40;
        _timers.RunDue(5000);
        _expired.ShouldBeEmpty();
        _timers.NextDue.ShouldBe(5001);
        _timers.SeenNs = 149;
        _timers.RunDue(5001);
        _expired.ShouldBe([1]);
        DeadlineQueue.Remove(met);
        _timers.SeenNs = 5002;
        _timers.RunDue(5002);
        _expired.ShouldBe([1, 2]);
        _timers.Count.ShouldBe(0);
    }

    private sealed class Entry(int id, List<int> expired) : Deadline
    {
        public Action? Then { get; init; }

        internal override void OnExpired()
        {
            expired.Add(id);
            Then?.Invoke();
        }
    }
}
