using System.Diagnostics;
using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios;

public sealed class UserSequenceTests
{
    private static UserSequence Of(params double[] weights) => new([.. weights.Select((weight, i) => new UserShare(Name(i), weight))]);

    private static string Name(int i) => ((char)('A' + i)).ToString();

    private static string Text(UserSequence sequence, int users) => string.Concat(Enumerable.Range(0, users).Select(slot => Name(sequence.ClassOf(slot))));

    [Theory]
    [InlineData("ABAAABAAABAA", 3.0, 1.0)]
    [InlineData("ABCAABCAABCA", 2.0, 1.0, 1.0)]
    [InlineData("AABAAAAABAAA", 5.0, 1.0)]
    [InlineData("ABAB", 1.0, 1.0)]
    [InlineData("AAAA", 1.0)]
    public void Classes_follow_each_other_as_in_locust(string expected, params double[] weights)
    {
        Text(Of(weights), expected.Length).ShouldBe(expected);
    }

    [Fact]
    public void Weights_20_and_25_give_exactly_20_and_25_users()
    {
        Of(20, 25).CountsFor(45).ShouldBe([20, 25]);
        Of(20, 25).CountsFor(90).ShouldBe([40, 50]);
    }

    [Fact]
    public void Equal_weights_go_by_name_whatever_the_order_given()
    {
        var sequence = new UserSequence([new UserShare("Zoe", 1), new UserShare("Adam", 1)]);

        sequence.ClassOf(0).ShouldBe(1);
        sequence.ClassOf(1).ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whole_weights_are_met_exactly_after_each_full_round(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var weights = Enumerable.Range(0, random.Next(1, 7)).Select(_ => (double)random.Next(1, 30)).ToArray();
            var sequence = Of(weights);
            var sum = (int)weights.Sum();

            foreach (var rounds in new[] { 1, 2, 5 })
                sequence.CountsFor(sum * rounds).ShouldBe(weights.Select(weight => (int)weight * rounds), $"weights {string.Join(':', weights)}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_classes_are_never_a_whole_user_away_from_their_shares(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            double[] weights = [random.Next(1, 40), random.Next(1, 40)];
            var sequence = Of(weights);
            var first = 0;
            for (var users = 1; users <= 500; users++)
            {
                first += sequence.ClassOf(users - 1) == 0 ? 1 : 0;
                Math.Abs(first - users * weights[0] / weights.Sum()).ShouldBeLessThanOrEqualTo(1 + 1e-9, $"{weights[0]}:{weights[1]} at {users}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Shares_of_many_classes_with_broken_weights_are_met_closely(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var weights = Enumerable.Range(0, 8).Select(_ => 0.1 + random.NextDouble() * 10).ToArray();
            var counts = Of(weights).CountsFor(10_000);

            for (var i = 0; i < weights.Length; i++)
                ((double)counts[i]).ShouldBe(10_000 * weights[i] / weights.Sum(), 5);
        }
    }

    [Fact]
    public void Fixed_counts_come_first_dealt_by_their_numbers()
    {
        var sequence = new UserSequence([new UserShare("A", 1), new UserShare("B", 50, FixedCount: 4), new UserShare("C", 3), new UserShare("D", 1, FixedCount: 1)]);

        sequence.FixedUsers.ShouldBe(5);
        Text(sequence, 12).ShouldBe("BBDBB" + "CACCCAC");
        sequence.CountsFor(3).ShouldBe([0, 2, 0, 1]);
        sequence.CountsFor(9).ShouldBe([1, 4, 3, 1]);
        sequence.Limit.ShouldBe(int.MaxValue);
    }

    [Fact]
    public void Fixed_counts_alone_are_a_limit()
    {
        var sequence = new UserSequence([new UserShare("A", 1, FixedCount: 2), new UserShare("B", 1, FixedCount: 3)]);

        sequence.Limit.ShouldBe(5);
        sequence.CountsFor(100).ShouldBe([2, 3]);
        Should.Throw<ArgumentOutOfRangeException>(() => sequence.ClassOf(5));
        Should.Throw<ArgumentOutOfRangeException>(() => sequence.ClassOf(-1));
    }

    [Fact]
    public void There_must_be_a_class() => Should.Throw<ArgumentException>(() => new UserSequence(Array.Empty<UserShare>()));

    [Fact]
    public void A_million_users_are_dealt_quickly_and_the_same_each_time()
    {
        var watch = Stopwatch.StartNew();
        var counts = Of(3, 2, 1, 1, 0.5).CountsFor(1_000_000);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        counts.Sum().ShouldBe(1_000_000);
        ((double)counts[0]).ShouldBe(400_000, 1);
        var jumping = Of(3, 2, 1, 1, 0.5);
        jumping.ClassOf(999_999).ShouldBe(Of(3, 2, 1, 1, 0.5).ClassOf(999_999));
        jumping.CountsFor(1_000_000).ShouldBe(counts);
    }
}
