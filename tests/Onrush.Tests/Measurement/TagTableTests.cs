using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class TagTableTests
{
    [Fact]
    public void The_same_tags_have_the_same_index_whatever_the_way_to_them()
    {
        var table = new TagTable(100);
        int one = table.With(table.With(TagTable.None, "a", "1"), "b", "2");
        int two = table.With(table.With(TagTable.None, "b", "2"), "a", "1");
        two.ShouldBe(one);
        table[one].ToString().ShouldBe("{a:1,b:2}");
        table.With(one, "a", "3").ShouldNotBe(one);
        table.With(table.With(one, "a", ""), "b", "").ShouldBe(TagTable.None);
    }

    [Fact]
    public void Groups_make_a_path()
    {
        var table = new TagTable(100);
        int page = table.With(TagTable.None, "page", "home");
        int form = table.Enter(table.Enter(page, "login"), "form");
        table[form].ToString().ShouldBe("{group:::login::form,page:home}");
        table.Enter(table.Enter(page, "login"), "form").ShouldBe(form);
        table.With(form, MetricTags.Group, "").ShouldBe(page);
    }

    [Fact]
    public void What_is_past_the_limit_is_other_and_what_was_known_stays_known()
    {
        var table = new TagTable(2);
        int one = table.With(TagTable.None, "id", "1"), two = table.With(TagTable.None, "id", "2");
        int three = table.With(TagTable.None, "id", "3");
        three.ShouldBe(TagTable.Other);
        table[three].ShouldBe(TagSet.Other);
        table.With(three, "page", "home").ShouldBe(TagTable.Other);
        table.Enter(three, "login").ShouldBe(TagTable.Other);
        table.With(three, MetricTags.Protocol, MetricTags.MeasuredProtocol).ShouldBe(TagTable.OtherMeasured);
        table.With(TagTable.None, MetricTags.Protocol, MetricTags.MeasuredProtocol).ShouldBe(TagTable.OtherMeasured);
        table.With(TagTable.None, "id", "1").ShouldBe(one);
        table.With(two, "id", "").ShouldBe(TagTable.None);
    }

    [Fact]
    public void Many_values_take_bounded_memory_and_give_the_right_answer()
    {
        var table = new TagTable(10);
        int a = table.With(TagTable.None, "page", "home");
        for (int i = 0; i < 50_000; i++)
            table.With(a, "id", $"{i}");
        table.With(a, "page", "").ShouldBe(TagTable.None);
        table[table.With(a, "id", "3")].ToString().ShouldBe("{id:3,page:home}");
    }
}
