using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class ExceptionTableTests
{
    [Fact]
    public void Equal_exceptions_are_one_group_with_their_stack()
    {
        var table = new ExceptionTable(10, 10);
        for (int i = 0; i < 3; i++)
            table.Add("CouponUser", "Call", Thrown("no coupon"), 100 + i);
        var (key, tally) = table.Groups.Single();
        tally.ShouldBe(new Tally(3, 100, 102));
        (key.UserClass, key.Task, key.Type, key.Message).ShouldBe(("CouponUser", "Call", "System.InvalidOperationException", "no coupon"));
        key.StackTrace.ShouldContain(nameof(Thrown));
    }

    [Fact]
    public void Past_the_limit_on_stacks_an_exception_joins_the_first_of_its_kind()
    {
        var table = new ExceptionTable(10, 2);
        table.Add("U", "T", Thrown("a"), 0);
        table.Add("U", "T", Thrown("b"), 0);
        table.Add("U", "T", Thrown("a"), 1);
        table.Add("U", "T", Thrown("c"), 2);
        table.Groups.Count().ShouldBe(3);
        table.Groups.Single(g => g.Key.Message == "a").Value.Count.ShouldBe(2);
        table.Groups.Single(g => g.Key == ExceptionKey.Other).Value.Count.ShouldBe(1);
    }

    [Fact]
    public void Past_the_limit_on_groups_exceptions_are_counted_together()
    {
        var table = new ExceptionTable(2, 100);
        for (int i = 0; i < 6; i++)
            table.Add("U", "T", Thrown($"{i}"), i);
        table.Groups.Count().ShouldBe(3);
        table.Groups.Single(g => g.Key == ExceptionKey.Other).Value.Count.ShouldBe(4);
    }

    [Fact]
    public void An_exception_that_cannot_be_read_is_counted_all_the_same()
    {
        var table = new ExceptionTable(2, 100);
        table.Add("U", "T", new HostileException(), 0);
        table.Groups.Single().Key.Message.ShouldContain("not readable");
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private sealed class HostileException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");

        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
