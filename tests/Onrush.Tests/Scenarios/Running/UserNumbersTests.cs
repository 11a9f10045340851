using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Running;

public sealed class UserNumbersTests
{
    [Fact]
    public void The_table_holds()
    {
        var numbers = UserNumbers.Of([100, 50, null], WorkShare.All);

        numbers[0].At(0).ShouldBe(1);
        numbers[0].At(99).ShouldBe(100);
        numbers[1].At(0).ShouldBe(101);
        numbers[1].At(49).ShouldBe(150);
        Enumerable.Range(0, 3).Select(i => numbers[2].At(i)).ShouldBe([151L, 153, 155]);
        new[] { numbers[0].Extra(), numbers[1].Extra(), numbers[0].Extra() }.ShouldBe([152L, 154, 156]);
    }

    [Fact]
    public void Users_and_spawn_rate_alone_count_from_one_without_gaps() =>
        Enumerable.Range(0, 5).Select(i => UserNumbers.Of([null], WorkShare.All)[0].At(i)).ShouldBe([1L, 2, 3, 4, 5]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_number_comes_twice_over_scenarios_and_workers(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var workers = random.Next(1, 8);
            int?[] slots = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(3) == 0 ? null : (int?)random.Next(1, 40))];
            var seen = new HashSet<long>();
            for (var worker = 0; worker < workers; worker++)
            {
                var share = new WorkShare(worker, workers);
                var numbers = UserNumbers.Of(slots, share);
                for (var scenario = 0; scenario < slots.Length; scenario++)
                {
                    for (long i = 0; i < (slots[scenario] ?? 200); i++)
                    {
                        if (share.Owns(i))
                            seen.Add(numbers[scenario].At(i)).ShouldBeTrue();
                    }

                    for (var i = 0; i < 20 && slots.Any(s => s is not null); i++)
                        seen.Add(numbers[scenario].Extra()).ShouldBeTrue();
                }
            }

            seen.Min().ShouldBe(1);
        }
    }
}
