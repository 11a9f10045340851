namespace Onrush.Runs.Tests;

public sealed class SequenceSetTests
{
    [Fact]
    public void It_agrees_with_a_plain_set_of_numbers()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var set = new SequenceSet();
            var plain = new HashSet<long>();
            for (int i = 0; i < 60; i++)
            {
                long first = random.Next(1, 60), last = first + random.Next(4);
                var range = Enumerable.Range((int)first, (int)(last - first + 1)).Select(n => (long)n).ToList();
                set.Contains(first, last).ShouldBe(range.TrueForAll(plain.Contains));
                bool free = !range.Exists(plain.Contains);
                set.Add(first, last).ShouldBe(free);
                if (free)
                    plain.UnionWith(range);
                set.Highest.ShouldBe(plain.Max());
                long missing = set.Gaps.Sum(g => g.Last - g.First + 1);
                missing.ShouldBe(plain.Max() - plain.Count);
                set.IsComplete.ShouldBe(missing == 0);
            }
        }
    }

    [Fact]
    public void Nothing_is_complete()
    {
        var set = new SequenceSet();
        set.IsComplete.ShouldBeTrue();
        set.Highest.ShouldBe(0);
        set.Gaps.ShouldBeEmpty();
    }
}
