using Onrush.Runs;
using Onrush.Scenarios;

namespace Onrush.Cluster.Tests.Coordinating;

/// <summary>Who gives how much to whom; instants are given, so no clock is waited for.</summary>
public sealed class OverloadTests
{
    private const int Seconds = 5;
    private const long Start = 1_700_000_000_000_000_000, Second = 1_000_000_000, Calm = Start + Overload.CalmNs;

    private static readonly WorkerPace Bound = new(Seconds, 0, 0.97), Idle = new(0, Seconds, 0.1), Half = new(0, Seconds, 0.55), Neither = new(0, 0, 0.75);

    [Fact]
    public void An_overloaded_worker_gives_a_quarter_to_one_that_has_room()
    {
        var before = Of(2);
        var shift = Find(before, Bound, Idle);
        var after = RosterPlan.Shifted(before, shift, Calm + Second);
        (after.CountOf(0), after.CountOf(1)).ShouldBe((Roster.Buckets * 3 / 8, Roster.Buckets * 5 / 8));
        (after.Revision, after.AtNs, after.Initial).ShouldBe((before.Revision + 1, Calm + Second, 2));
        after.Before.ShouldBe(before.Owners);
        after.Moved.Count.ShouldBe(Roster.Buckets / 8);
    }

    /// <summary>The same numbers on several machines: whoever carries the run on decides as its master would have.</summary>
    [Fact]
    public void The_same_workers_give_the_same_roster()
    {
        var before = Of(5);
        WorkerPace[] paces = [Bound, Idle, Bound, Half, Neither];
        RosterPlan.Shifted(before, Find(before, paces), Calm).Owners.ShouldBe(RosterPlan.Shifted(before, Find(before, paces), Calm).Owners);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_roster_that_holds_for_less_than_ten_seconds_stays(int seconds) =>
        Overload.Find(Of(2), Paces(Bound, Idle), Seconds, Start + seconds * Second).Givers.ShouldBeEmpty();

    [Fact]
    public void Nothing_moves_where_nobody_has_room_or_nobody_is_overloaded_for_long_enough()
    {
        Find(Of(3), Bound, Bound, Neither).Givers.ShouldBeEmpty();
        Find(Of(3), Bound, Neither, new WorkerPace(0, Seconds - 1, 0.1)).Givers.ShouldBeEmpty();
        Find(Of(3), new WorkerPace(Seconds - 1, 0, 0.99), Idle, Idle).Givers.ShouldBeEmpty();
        Find(Of(3), Idle, Half, Neither).Givers.ShouldBeEmpty();
        Find(Of(1), Bound).Givers.ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_takes_more_than_makes_it_seven_tenths_busy()
    {
        var shift = Find(Of(2), Bound, Half);
        var taken = RosterPlan.Shifted(Of(2), shift, Calm).CountOf(1) - Roster.Buckets / 2;
        taken.ShouldBe(Roster.Buckets / 8);
        shift = Find(Of(2), Bound, Half with { Busy = 0.6 });
        taken = RosterPlan.Shifted(Of(2), shift, Calm).CountOf(1) - Roster.Buckets / 2;
        (0.6 * (Roster.Buckets / 2 + taken) / (Roster.Buckets / 2)).ShouldBeInRange(0.69, 0.7);
    }

    [Fact]
    public void A_quarter_of_an_equal_share_is_left_however_long_it_goes_on()
    {
        var roster = Of(4);
        var changes = 0;
        for (var nowNs = Calm; changes < 100; nowNs = roster.AtNs + Overload.CalmNs, changes++)
        {
            var shift = Overload.Find(roster, Paces(Bound, Idle, Idle, Idle), Seconds, nowNs);
            if (shift.Givers.Count == 0)
                break;
            roster = RosterPlan.Shifted(roster, shift, nowNs);
        }

        changes.ShouldBeInRange(4, 10);
        roster.CountOf(0).ShouldBeInRange(Roster.Buckets / 16, Roster.Buckets / 14);
    }

    [Fact]
    public void Every_bucket_has_one_owner_whatever_moves()
    {
        var random = new Random(6);
        for (var round = 0; round < 200; round++)
        {
            var workers = random.Next(2, 30);
            var roster = Of(workers);
            for (var change = 0; change < 3; change++)
            {
                WorkerPace[] paces = [.. Enumerable.Range(0, workers).Select(_ => new[] { Bound, Idle, Half, Neither }[random.Next(4)])];
                var shift = Overload.Find(roster, Paces(paces), Seconds, roster.AtNs + Overload.CalmNs);
                var after = RosterPlan.Shifted(roster, shift, roster.AtNs + Overload.CalmNs);
                for (var ordinal = 0; ordinal < workers; ordinal++)
                {
                    var (had, has) = (roster.CountOf(ordinal), after.CountOf(ordinal));
                    // What leaves is spread evenly over all that it had, so it may be a few less than was meant.
                    if (shift.Givers.TryGetValue(ordinal, out var gives))
                        (had - has).ShouldBeInRange(gives - 20, gives);
                    else
                        (has - had).ShouldBeInRange(0, shift.Takers.GetValueOrDefault(ordinal));
                }

                Enumerable.Range(0, workers).Sum(ordinal => after.ShareOf(ordinal).Count).ShouldBe(BucketSet.Total);
                roster = after;
            }
        }
    }

    /// <summary>Users have the lowest numbers, so a share that is small has to give of these as of all others.</summary>
    [Fact]
    public void Of_few_users_a_quarter_goes_too()
    {
        var before = Of(2);
        var after = RosterPlan.Shifted(before, Find(before, Bound, Idle), Calm);
        Enumerable.Range(0, 80).Count(user => before.Owners[user] == 0 && after.Owners[user] == 1).ShouldBeInRange(8, 12);
    }

    private static RosterShift Find(Roster roster, params WorkerPace[] paces) => Overload.Find(roster, Paces(paces), Seconds, Calm);

    private static Dictionary<int, WorkerPace> Paces(params WorkerPace[] paces) => paces.Index().ToDictionary(pace => pace.Index, pace => pace.Item);

    private static Roster Of(int workers) => RosterPlan.First([.. Enumerable.Range(0, workers).Select(i => $"w{i}")], Start);
}
