using Onrush.Engine;

namespace Onrush.Tests.Engine;

/// <summary>The small parts of a loop that need no loop to be tested.</summary>
public sealed class LoopPartsTests
{
    [Fact]
    public void The_in_flight_list_keeps_the_order_and_knows_the_oldest()
    {
        var list = new InFlightList();
        var entries = Enumerable.Range(1, 5).Select(i => new Entry { StartNs = i }).ToArray();
        list.OldestStartNs.ShouldBe(0);
        foreach (var entry in entries)
            list.Add(entry);

        list.Count.ShouldBe(5);
        list.OldestStartNs.ShouldBe(1);
        list.Remove(entries[2]);
        list.OldestStartNs.ShouldBe(1);
        list.Remove(entries[0]);
        list.OldestStartNs.ShouldBe(2);
        list.Remove(entries[4]);
        list.Remove(entries[1]);
        list.OldestStartNs.ShouldBe(4);
        list.Add(entries[0]);
        list.OldestStartNs.ShouldBe(4);
        list.Remove(entries[3]);
        list.Remove(entries[0]);
        list.Count.ShouldBe(0);
        list.OldestStartNs.ShouldBe(0);
    }

    [Fact]
    public void The_gate_lets_so_many_in_and_the_rest_in_their_order()
    {
        var gate = new ConnectGate(2);
        var entered = new List<int>();
        var waiters = Enumerable.Range(0, 6).Select(i => new Waiter(i, entered)).ToArray();

        waiters.Select(gate.TryEnter).ShouldBe([true, true, false, false, false, false]);
        waiters[3].HasGivenUp = true;
        gate.Leave();
        gate.Leave();
        entered.ShouldBe([2, 4]);
        gate.Leave();
        gate.Leave();
        gate.Leave();
        entered.ShouldBe([2, 4, 5]);

        // Everybody is out: two may enter again, and no more.
        waiters.Take(3).Select(gate.TryEnter).ShouldBe([true, true, false]);
    }

    [Fact]
    public void A_completion_goes_on_with_whoever_awaits_before_or_after_it()
    {
        var completion = new LoopCompletion();
        var log = new List<object?>();
        completion.Begin();
        completion.IsDone.ShouldBeFalse();
        completion.OnCompleted(log.Add, "before");
        log.ShouldBeEmpty();
        completion.Complete();
        log.ShouldBe(["before"]);
        completion.IsDone.ShouldBeTrue();

        completion.Begin();
        completion.Complete();
        completion.OnCompleted(log.Add, "after");
        log.ShouldBe(["before", "after"]);
    }

    [Fact]
    public void A_call_awaited_twice_is_told_apart_from_the_next()
    {
        var completion = new LoopCompletion();
        var first = completion.Begin();
        completion.Check(first);
        var second = completion.Begin();
        completion.Check(second);
        Should.Throw<InvalidOperationException>(() => completion.Check(first));
    }

    private sealed class Entry : InFlightEntry
    {
        internal override void OnExpired()
        {
        }
    }

    private sealed class Waiter(int id, List<int> entered) : IConnectWaiter
    {
        public bool HasGivenUp { get; set; }

        public bool OnMayConnect()
        {
            if (HasGivenUp)
                return false;
            entered.Add(id);
            return true;
        }
    }
}
