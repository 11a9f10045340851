using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class RandomTests
{
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        // First values of the reference implementation for the seed 1234567.
        var sequence = new SplitMix64(1234567);

        sequence.Next().ShouldBe(6457827717110365317ul);
        sequence.Next().ShouldBe(3203168211198807973ul);
        sequence.Next().ShouldBe(9817491932198370423ul);
    }

    [Fact]
    public void Users_seeds_and_purposes_have_sequences_of_their_own()
    {
        var first = new HashSet<ulong>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            for (var number = 1; number <= 500; number++)
            {
                for (ulong purpose = 1; purpose <= 2; purpose++)
                    first.Add(SplitMix64.ForUser(seed, number, purpose).Next());
            }
        }

        first.Count.ShouldBe(20 * 500 * 2);
    }

    [Fact]
    public void The_first_draws_of_neighbouring_users_are_even()
    {
        var first = Enumerable.Range(1, 100_000).Select(number => SplitMix64.ForUser(1, number, 1).NextDouble()).ToArray();

        first.Average().ShouldBe(0.5, 0.005);
        for (var tenth = 0; tenth < 10; tenth++)
            (first.Count(value => (int)(value * 10) == tenth) / 100_000.0).ShouldBe(0.1, 0.005);
    }

    [Fact]
    public void Every_method_of_random_stays_in_its_bounds_and_reaches_them()
    {
        var random = new SeededRandom(new SplitMix64(42));
        var small = Enumerable.Range(0, 2000).Select(_ => random.Next(-2, 3)).ToArray();
        small.Distinct().Order().ShouldBe([-2, -1, 0, 1, 2]);
        Enumerable.Range(0, 2000).Select(_ => random.Next(4)).Distinct().Order().ShouldBe([0, 1, 2, 3]);
        random.Next(5, 5).ShouldBe(5);
        random.Next(0).ShouldBe(0);
        for (var i = 0; i < 10_000; i++)
        {
            random.Next().ShouldBeInRange(0, int.MaxValue - 1);
            random.NextInt64().ShouldBeInRange(0, long.MaxValue - 1);
            random.NextInt64(long.MinValue, long.MaxValue).ShouldBeLessThan(long.MaxValue);
            random.NextDouble().ShouldBeInRange(0, 1 - 1e-17);
            random.NextSingle().ShouldBeInRange(0f, 0.99999997f);
        }

        var values = Enumerable.Range(0, 10_000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
        (values.Count(value => value < 0) / 10_000.0).ShouldBe(0.5, 0.02);
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(3, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(-1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(100_003)]
    public void Bytes_are_filled_to_the_last(int length)
    {
        var bytes = new byte[length];
        new SeededRandom(new SplitMix64(1)).NextBytes(bytes);

        if (length > 1000)
        {
            bytes.Average(value => value).ShouldBe(127.5, 1);
            bytes.AsSpan(length - 8).ContainsAnyExcept((byte)0).ShouldBeTrue();
        }

        var again = new byte[length];
        new SeededRandom(new SplitMix64(1)).NextBytes(again);
        again.ShouldBe(bytes);
    }

    [Fact]
    public void Shuffling_works_on_it()
    {
        var items = Enumerable.Range(0, 50).ToArray();
        new SeededRandom(new SplitMix64(9)).Shuffle(items);

        items.ShouldNotBe(Enumerable.Range(0, 50));
        items.Order().ShouldBe(Enumerable.Range(0, 50));
    }
}
