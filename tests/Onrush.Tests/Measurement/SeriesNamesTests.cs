using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class SeriesNamesTests
{
    [Fact]
    public void The_same_combination_has_the_same_index_however_its_strings_were_made()
    {
        var names = new SeriesNames(new TagTable(100), 100, 100);
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
        var names = new SeriesNames(new TagTable(100), 10_000, 100);
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
        var names = new SeriesNames(new TagTable(100), 10, 100);
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
        var names = new SeriesNames(new TagTable(100), 10, 100);
        int scenario = names.Scenario("");
        int[] all = [names.Series(scenario, "", ""), names.Series(scenario, "", "a"), names.Series(scenario, "a", "")];
        all.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Tags_make_another_series_of_the_same_name()
    {
        var tags = new TagTable(100);
        var names = new SeriesNames(tags, 1, 100);
        int scenario = names.Scenario("s");
        int login = tags.Enter(TagTable.None, "login");
        int plain = names.Series(scenario, "GET", "/");
        int tagged = names.Series(scenario, "GET", "/", login);
        tagged.ShouldNotBe(plain);
        names.Series(scenario, "GET", "/").ShouldBe(plain);
        names.Series(scenario, "GET", "/", login).ShouldBe(tagged);
        names.Key(plain).Tags.ShouldBeNull();
        names.Key(tagged).Tags.ShouldBe(TagSet.Empty.With(MetricTags.Group, "::login"));
        names.Dropped.ShouldBe(0, "a name counts once, whatever its tags");
    }

    [Fact]
    public void Combinations_of_names_and_tags_past_the_limit_keep_their_name()
    {
        var tags = new TagTable(100);
        var names = new SeriesNames(tags, 100, 2);
        int scenario = names.Scenario("s");
        int login = tags.With(TagTable.None, "page", "login"), sql = tags.With(login, MetricTags.Protocol, MetricTags.MeasuredProtocol);
        int[] known = [names.Series(scenario, "GET", "/a", login), names.Series(scenario, "GET", "/b", login)];
        int rest = names.Series(scenario, "GET", "/c", login);
        names.Key(rest).ShouldBe(new SeriesKey("s", "GET", "/c", TagSet.Other));
        names.Key(names.Series(scenario, "SQL", "q", sql)).ShouldBe(new SeriesKey("s", "SQL", "q", TagSet.OtherMeasured));
        names.Series(scenario, "GET", "/a", login).ShouldBe(known[0]);
        names.Series(scenario, "GET", "/b", login).ShouldBe(known[1]);
        names.Series(scenario, "GET", "/c", login).ShouldBe(rest);
    }
}
