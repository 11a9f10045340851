using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class ErrorTableTests
{
    [Fact]
    public void Equal_failures_are_counted_together_with_first_and_last_time()
    {
        var table = new ErrorTable(10);
        table.Add(1, Outcome.Reset, "closed", 200);
        table.Add(1, Outcome.Reset, "closed", 100);
        table.Add(1, Outcome.Reset, "closed", 300);
        table.Add(2, Outcome.Reset, "closed", 400);
        table.Groups.Count().ShouldBe(2);
        table.Groups.ShouldContain(g => g.Key.Series == 1 && g.Value == new Tally(3, 100, 300));
    }

    [Fact]
    public void Texts_past_the_limit_are_counted_together()
    {
        var table = new ErrorTable(3);
        for (int i = 0; i < 10; i++)
            table.Add(0, Outcome.Check, $"error {i}", i);
        table.Add(0, Outcome.Check, "error 1", 99);
        table.Groups.Count().ShouldBe(4);
        table.Groups.Single(g => g.Key.Message == ErrorTable.OtherMessage).Value.ShouldBe(new Tally(7, 3, 9));
        table.Groups.Single(g => g.Key.Message == "error 1").Value.Count.ShouldBe(2);
        table.Groups.Sum(g => g.Value.Count).ShouldBe(11);

        table.Clear();
        table.Add(0, Outcome.Check, "error 9", 1);
        table.Groups.Single().Key.Message.ShouldBe("error 9");
    }

    [Fact]
    public void A_long_text_is_cut()
    {
        var table = new ErrorTable(3);
        table.Add(0, Outcome.Check, new string('x', 5000), 0);
        table.Groups.Single().Key.Message.Length.ShouldBe(ErrorTable.MaxMessageLength);
    }
}
