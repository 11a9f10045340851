using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Schedules;

public sealed class BucketSetTests
{
    [Fact]
    public void All_ways_to_ask_agree()
    {
        var random = new Random(1);
        for (var round = 0; round < 10; round++)
        {
            var set = new BucketSet([.. Enumerable.Range(0, BucketSet.Total).Where(_ => random.Next(round + 1) == 0).Select(b => (ushort)b)]);
            set.Count.ShouldBeGreaterThan(0);
            var owned = Enumerable.Range(0, 2 * BucketSet.Total).Select(k => (long)k).Where(set.Owns).ToArray();
            owned.Length.ShouldBe(2 * set.Count);
            for (var i = 0; i < owned.Length; i += random.Next(1, 50))
            {
                set.Nth(i).ShouldBe(owned[i]);
                set.CountBelow(owned[i]).ShouldBe(i);
                set.CountBelow(owned[i] + 1).ShouldBe(i + 1);
                set.Next(owned[i]).ShouldBe(owned[i]);
                if (i > 0)
                    set.Next(owned[i - 1] + 1).ShouldBe(owned[i]);
            }
        }
    }

    [Fact]
    public void A_regular_share_is_what_going_round_gives()
    {
        foreach (var share in Shares.Of(5))
        {
            var set = BucketSet.Of(share);
            for (long k = 0; k < 5000; k++)
                set.Owns(k).ShouldBe(share.Owns(k));
        }
    }

    [Fact]
    public void Large_numbers_hold()
    {
        Shares.Of(7).Sum(share => BucketSet.Of(share).CountBelow(4_320_000_001)).ShouldBe(4_320_000_001);
        BucketSet.All.Next(4_320_000_000).ShouldBe(4_320_000_000);
        BucketSet.None.CountBelow(4_320_000_000).ShouldBe(0);
    }

    [Fact]
    public void What_a_worker_keeps_stays_on_its_loop_and_the_rest_is_dealt_evenly()
    {
        var deal = new LoopDeal(BucketSet.Of(new WorkShare(0, 3)), 4);
        var before = Enumerable.Range(0, 4).Select(loop => deal[loop]).ToArray();
        before.ShouldAllBe(set => set.Count == BucketSet.Total / 12);

        // A third worker is lost; then a fourth takes a part.
        var wider = new BucketSet([.. Enumerable.Range(0, BucketSet.Total).Where(b => b % 3 == 0 || b % 6 == 1).Select(b => (ushort)b)]);
        deal.Change(wider);
        Check(wider, before);
        before = [.. Enumerable.Range(0, 4).Select(loop => deal[loop])];
        var narrower = new BucketSet([.. Enumerable.Range(0, BucketSet.Total).Where(b => wider.Owns(b) && b % 5 != 0).Select(b => (ushort)b)]);
        deal.Change(narrower);
        Check(narrower, before);

        void Check(BucketSet whole, BucketSet[] then)
        {
            for (var b = 0; b < BucketSet.Total; b++)
            {
                var owners = Enumerable.Range(0, 4).Where(loop => deal[loop].Owns(b)).ToArray();
                owners.Length.ShouldBe(whole.Owns(b) ? 1 : 0);
                var was = Array.FindIndex(then, set => set.Owns(b));
                if (was >= 0 && owners.Length == 1)
                    owners[0].ShouldBe(was);
            }

            var counts = Enumerable.Range(0, 4).Select(loop => deal[loop].Count).ToArray();
            counts.Max().ShouldBeLessThan(counts.Min() + counts.Min() / 20 + 2);
        }
    }

    [Fact]
    public void Places_in_schedules_are_found_by_time()
    {
        IUserSchedule[] schedules =
        [
            new FixedUserSchedule(9, 1000),
            new SpawnSchedule(3, 20, 7),
            new SpawnSchedule(20, 3, 7),
            new RampingUserSchedule(2, [(1_000_000_000, 12), (0, 4), (700_000_000, 4), (300_000_001, 9), (500_000_000, 0)]),
        ];
        foreach (var schedule in schedules)
        {
            var random = new Random(2);
            for (var round = 0; round < 300; round++)
            {
                var at = round == 0 ? 0 : random.NextInt64(4_000_000_000);
                if (round % 3 == 0 && schedule.Steps > 0)
                    at = schedule.Step(random.NextInt64(schedule.Steps)).DueNs;
                var due = Enumerable.Range(0, (int)schedule.Steps).Select(i => schedule.Step(i)).TakeWhile(step => step.DueNs <= at).ToArray();
                schedule.FirstAfter(at).ShouldBe(due.Length);
                var from = schedule is SpawnSchedule spawn ? spawn.From : 0;
                schedule.UsersAt(at).ShouldBe(from + due.Sum(step => step.Start ? 1 : -1), $"{schedule} at {at}");
            }
        }

        IArrivalSchedule endless = new ConstantArrivalSchedule(5000, 1_000_000_000, long.MaxValue);
        endless.FirstFrom(0).ShouldBe(0);
        endless.FirstFrom(1).ShouldBe(1);
        endless.FirstFrom(3_600_000_000_000).ShouldBe(18_000_000);
        IArrivalSchedule ended = new ConstantArrivalSchedule(10, 1_000_000_000, 2_000_000_000);
        ended.FirstFrom(1_950_000_000).ShouldBe(20);
        ended.FirstFrom(1_900_000_000).ShouldBe(19);
    }
}
