using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Running;

public sealed class DueQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Gives_what_was_added_in_its_order_and_takes_no_more_than_its_limit(int seed)
    {
        var random = new Random(seed);
        var queue = new DueQueue();
        var model = new Queue<long>();
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(100) < 53)
            {
                queue.TryAdd(step, 500).ShouldBe(model.Count < 500);
                if (model.Count < 500)
                    model.Enqueue(step);
            }
            else
            {
                queue.TryTake(out var due).ShouldBe(model.Count > 0);
                if (model.TryDequeue(out var expected))
                    due.ShouldBe(expected);
            }

            queue.Count.ShouldBe(model.Count);
        }

        queue.Clear().ShouldBe(model.Count);
        queue.TryTake(out _).ShouldBeFalse();
    }

    [Fact]
    public void With_no_room_nothing_waits() => new DueQueue().TryAdd(1, 0).ShouldBeFalse();
}
