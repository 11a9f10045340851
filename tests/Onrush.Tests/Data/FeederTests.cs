using Onrush.Users;

namespace Onrush.Tests.Data;

/// <summary>Which row a user gets.</summary>
public sealed class FeederTests
{
    private static readonly Feeder<int> Ten = Feeder.Of(Enumerable.Range(0, 10).ToArray());

    private static Takers.Taker User(RunScope scope, long number = 1, ulong seed = 7) => Takers.New(scope, number, seed);

    [Fact]
    public void Circular_goes_round_and_is_what_a_feeder_is_without_another_word()
    {
        foreach (var feeder in new[] { Ten, Ten.Circular() })
        {
            var scope = new RunScope(0, 1);
            Enumerable.Range(0, 21).Select(i => feeder.Next(User(scope, i))).ShouldBe([.. Enumerable.Range(0, 10), .. Enumerable.Range(0, 10), 0]);
        }
    }

    [Fact]
    public void Sequential_ends_with_the_reason()
    {
        var scope = new RunScope(0, 1);
        var feeder = Ten.Sequential();

        feeder.TakeAll(User(scope)).ShouldBe(Enumerable.Range(0, 10));
        Should.Throw<StopUserException>(() => feeder.Next(User(scope))).Reason.ShouldBe("Feeder.Of: all 10 rows are used");
    }

    [Fact]
    public void Unique_gives_a_user_one_row_for_life_and_stops_who_comes_too_late()
    {
        var scope = new RunScope(0, 1);
        var feeder = Ten.Unique();
        var other = Feeder.Of(["a", "b"]).Unique();
        var users = Enumerable.Range(1, 11).Select(number => User(scope, number)).ToArray();

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 10; i++)
                feeder.Next(users[i]).ShouldBe(i);
        }

        other.Next(users[1]).ShouldBe("a");
        other.Next(users[0]).ShouldBe("b");
        other.Next(users[1]).ShouldBe("a");
        for (var round = 0; round < 2; round++)
            Should.Throw<StopUserException>(() => feeder.Next(users[10])).Reason.ShouldBe("Feeder.Of: all 10 rows are given to users");
    }

    [Fact]
    public void Random_is_the_users_own_and_repeats_with_the_seed()
    {
        var feeder = Ten.Random();

        int[] Draw(long number, ulong seed)
        {
            var user = User(new RunScope(0, 1), number, seed);
            return [.. Enumerable.Range(0, 50).Select(_ => feeder.Next(user))];
        }

        Draw(1, 7).ShouldBe(Draw(1, 7));
        Draw(1, 7).ShouldNotBe(Draw(2, 7));
        Draw(1, 7).ShouldNotBe(Draw(1, 8));
        Draw(1, 7).Distinct().Count().ShouldBe(10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(13)]
    public void Over_a_fleet_no_row_is_used_twice_and_none_is_left(int workers)
    {
        var feeder = Ten.Sequential();
        var unique = Ten.Unique();
        var all = new List<int>();
        var given = new List<int>();
        for (var worker = 0; worker < workers; worker++)
        {
            var scope = new RunScope(worker, workers);
            all.AddRange(feeder.TakeAll(User(scope)));
            for (var number = 1; ; number++)
            {
                try
                {
                    given.Add(unique.Next(User(scope, number)));
                }
                catch (StopUserException)
                {
                    break;
                }
            }
        }

        all.Order().ShouldBe(Enumerable.Range(0, 10));
        given.Order().ShouldBe(Enumerable.Range(0, 10));
    }

    [Fact]
    public void Over_a_fleet_each_worker_goes_round_rows_of_its_own()
    {
        var feeder = Ten.Circular();

        Enumerable.Range(0, 5).Select(_ => feeder.Next(User(new RunScope(1, 3)))).ShouldBe([1, 1, 1, 1, 1]);
        var scope = new RunScope(1, 3);
        Enumerable.Range(0, 5).Select(_ => feeder.Next(User(scope))).ShouldBe([1, 4, 7, 1, 4]);
        feeder.Next(User(new RunScope(11, 13))).ShouldBe(1);
        Should.Throw<StopUserException>(() => Ten.Sequential().Next(User(new RunScope(11, 13)))).Reason
            .ShouldBe("Feeder.Of: all 10 rows are used, this worker's 0 at least");
    }

    [Fact]
    public void Another_run_and_another_feeder_of_the_same_rows_start_anew()
    {
        var feeder = Ten.Sequential();
        var scope = new RunScope(0, 1);
        feeder.Next(User(scope)).ShouldBe(0);
        feeder.Next(User(scope)).ShouldBe(1);

        feeder.Next(User(new RunScope(0, 1))).ShouldBe(0);
        feeder.Next(User(scope)).ShouldBe(2);
        Ten.Sequential().Next(User(scope)).ShouldBe(0);
    }

    [Fact]
    public async Task Loops_of_a_worker_together_use_every_row_once()
    {
        const int Rows = 200_000;
        var feeder = Feeder.Of(Enumerable.Range(0, Rows).ToArray()).Sequential();
        var scope = new RunScope(0, 1);

        var taken = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => Task.Run(() => feeder.TakeAll(User(scope, number)))));

        taken.SelectMany(rows => rows).Order().ShouldBe(Enumerable.Range(0, Rows));
    }

    [Fact]
    public void Taking_a_row_allocates_nothing()
    {
        var user = User(new RunScope(0, 1));
        Feeder<int>[] feeders = [Ten.Circular(), Ten.Random(), Ten.Unique(), Feeder.Of(Enumerable.Range(0, 100_000).ToArray()).Sequential()];
        foreach (var feeder in feeders)
        {
            for (var i = 0; i < 1000; i++)
                feeder.Next(user);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var feeder in feeders)
        {
            for (var i = 0; i < 10_000; i++)
                feeder.Next(user);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_user_that_does_not_run_yet_cannot_take_a_row() =>
        Should.Throw<InvalidOperationException>(() => Ten.Next(new Takers.Taker())).Message.ShouldStartWith("Taker is not running yet");
}
