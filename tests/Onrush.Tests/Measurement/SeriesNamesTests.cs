using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class SeriesNamesTests
{
    [Fact]
    public void The_same_combination_has_the_same_index_however_its_strings_were_made()
    {
        var names = new SeriesNames(100);
        int scenario = names.Scenario("browse");
        int series = names.Series(scenario, "GET", "/hello");
        names.Series(scenario, "GET", "/hello").ShouldBe(series);
        names.Series(scenario, new string("GET".AsSpan()), new string("/hello".AsSpan())).ShouldBe(series);
        names.Scenario(new string("browse".AsSpan())).ShouldBe(scenario);
        names.Key(series).ShouldBe(new SeriesKey("browse", "GET", "/hello"));
    }

    [Fact]
    public void Different_combinations_have_different_indices_even_where_the_quick_table_collides()
    {
        var names = new SeriesNames(10_000);
        int one = names.Scenario("one"), two = names.Scenario("two");
        var expected = new Dictionary<int, SeriesKey>();
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 1000; i++)
            {
                foreach (int scenario in new[] { one, two })
                {
                    foreach (string method in new[] { "GET", "PUT" })
                    {
                        int index = names.Series(scenario, method, $"/item/{i}");
                        var key = new SeriesKey(scenario == one ? "one" : "two", method, $"/item/{i}");
                        expected.TryAdd(index, key);
                        expected[index].ShouldBe(key);
                    }
                }
            }
        }
        expected.Count.ShouldBe(4000);
    }

    [Fact]
    public void Names_past_the_limit_are_counted_under_other_by_method_and_known_ones_stay()
    {
        var names = new SeriesNames(10);
        int scenario = names.Scenario("s");
        int first = names.Series(scenario, "GET", "/0");
        for (int i = 1; i < 10; i++)
            names.Series(scenario, "GET", $"/{i}");
        names.Dropped.ShouldBe(0);

        int get = names.Series(scenario, "GET", "/10");
        int post = names.Series(scenario, "POST", "/10");
        names.Key(get).ShouldBe(new SeriesKey("s", "GET", SeriesKey.OtherName));
        names.Key(post).ShouldBe(new SeriesKey("s", "POST", SeriesKey.OtherName));
        names.Series(scenario, "GET", "/11").ShouldBe(get);
        names.Series(scenario, "GET", "/0").ShouldBe(first);
        names.Count.ShouldBe(12);
        names.TakeDropped().ShouldBe(3);
        names.TakeDropped().ShouldBe(0);
    }

    [Fact]
    public void An_empty_or_short_name_is_a_name()
    {
        var names = new SeriesNames(10);
        int scenario = names.Scenario("");
        int[] all = [names.Series(scenario, "", ""), names.Series(scenario, "", "a"), names.Series(scenario, "a", "")];
        all.Distinct().Count().ShouldBe(3);
    }
}
