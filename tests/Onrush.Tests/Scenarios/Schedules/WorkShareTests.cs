using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Schedules;

public sealed class WorkShareTests
{
    [Fact]
    public void Indices_go_round_the_workers_and_inside_a_worker_round_its_loops()
    {
        var shares = Shares.Of(2, _ => 2).ToArray();

        Enumerable.Range(0, 8).Select(k => Array.FindIndex(shares, share => share.Owns(k))).ShouldBe([0, 2, 1, 3, 0, 2, 1, 3]);
        Enumerable.Range(0, 3).Select(i => shares[3].Nth(i)).ShouldBe([3L, 7, 11]);
    }

    [Fact]
    public void Every_index_has_one_owner_and_all_ways_to_ask_agree()
    {
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var loops = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(1, 9)).ToArray();
            var shares = Shares.Of(loops.Length, worker => loops[worker]).ToArray();
            for (var k = 0L; k < 200; k++)
                shares.Count(share => share.Owns(k)).ShouldBe(1);
            foreach (var share in shares)
            {
                var owned = Enumerable.Range(0, 500).Select(k => (long)k).Where(share.Owns).ToArray();
                for (var i = 0; i < owned.Length; i++)
                    share.Nth(i).ShouldBe(owned[i]);
                for (var k = 0L; k < 200; k++)
                {
                    share.CountBelow(k).ShouldBe(owned.Count(index => index < k));
                    share.Next(k).ShouldBe(owned.First(index => index >= k));
                }
            }
        }
    }

    [Fact]
    public void Large_numbers_hold()
    {
        Shares.Of(7).Sum(share => share.CountBelow(long.MaxValue)).ShouldBe(long.MaxValue);
        WorkShare.All.Next(4_320_000_000).ShouldBe(4_320_000_000);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(3, 100)]
    [InlineData(10, 1000)]
    [InlineData(10, 1007)]
    [InlineData(1000, 1000)]
    public void Work_goes_to_those_who_have_users(int users, int items)
    {
        foreach (var workers in new[] { 1, 3, 7 })
        {
            var deals = Shares.Of(workers).Select(share => new UserDeal(BucketSet.Of(share), users)).ToArray();

            deals.Sum(deal => deal.OwnUsers).ShouldBe(users);
            deals.Sum(deal => deal.CountBelow(items)).ShouldBe(items);
            foreach (var deal in deals)
            {
                var owned = Enumerable.Range(0, items).Select(k => (long)k).Where(deal.Owns).ToArray();
                owned.Length.ShouldBe((int)deal.CountBelow(items));
                owned.Length.ShouldBeInRange((int)(deal.OwnUsers * (items / users)), (int)(deal.OwnUsers * ((items + users - 1) / users)));
                Enumerable.Range(0, owned.Length).Select(i => deal.Nth(i)).ShouldBe(owned);
                foreach (var k in owned)
                {
                    deal.Next(k).ShouldBe(k);
                    deal.Next(k - 1 < 0 ? 0 : k - 1).ShouldBe(deal.Owns(k - 1 < 0 ? 0 : k - 1) ? Math.Max(0, k - 1) : k);
                }
            }
        }
    }
}
