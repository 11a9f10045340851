using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Tests.Checks;

public sealed class MetricFieldsTests
{
    public sealed class Visitor : User
    {
        public static readonly Trend Wait = new("waiting_time", MetricUnit.Milliseconds);

        private static readonly Counter Orders = new("orders");

        [Task]
        public void Work() => Orders.Add();
    }

    internal static class Helper
    {
        public static readonly Counter Orders = new("orders");

        public static readonly Gauge Nothing = null!;
    }

    internal static class OtherKind
    {
        public static readonly Rate Orders = new("orders");
    }

    internal static class BadName
    {
        public static readonly Rate Hits = new("cache hits");
    }

    internal static class Digit
    {
        public static readonly Rate Hits = new("2nd");
    }

    internal static class BuiltIn
    {
        public static readonly Counter Requests = new("http_reqs");
    }

    internal static class Broken
    {
        public static readonly string[] None = [];

        public static readonly Counter Orders = new(None[0]);
    }

    [Fact]
    public void Static_fields_are_found_whatever_their_class_and_visibility_and_a_name_counts_once()
    {
        var definition = LoadTestDefinition.FromTypes([typeof(Visitor), typeof(Helper)]);
        definition.Metrics.Select(metric => (metric.Name, metric.Kind, metric.Unit)).ShouldBe(
        [
            ("waiting_time", MetricKind.Trend, MetricUnit.Milliseconds), ("orders", MetricKind.Counter, MetricUnit.None),
        ]);
        Helper.Orders.Info.ShouldBeSameAs(definition.Metrics[1].Info);
        definition.Select([], [], []).Metrics.ShouldBe(definition.Metrics);
    }

    [Theory]
    [InlineData(typeof(OtherKind), "The metric orders is a Rate here and a Counter in line 12 of MetricFieldsTests.cs: rename one.")]
    [InlineData(typeof(BadName), "'cache hits' cannot be the name of a metric: take a letter or _, then letters, digits and _, at most 128.")]
    [InlineData(typeof(Digit), "'2nd' cannot be the name of a metric: take a letter or _, then letters, digits and _, at most 128.")]
    [InlineData(typeof(BuiltIn), "The metric http_reqs is measured by Onrush itself: give yours another name.")]
    public void What_cannot_be_told_apart_is_refused_with_its_place(Type type, string message)
    {
        var refused = Should.Throw<LoadTestException>(() => LoadTestDefinition.FromTypes([typeof(Visitor), type]));
        refused.Message.ShouldBe(message);
        refused.File.ShouldNotBeNull().ShouldEndWith("MetricFieldsTests.cs");
        refused.Line.ShouldNotBeNull().ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_field_that_cannot_be_made_is_named() =>
        Should.Throw<LoadTestException>(() => LoadTestDefinition.FromTypes([typeof(Visitor), typeof(Broken)])).Message
            .ShouldStartWith("The metric Broken.Orders cannot be made: IndexOutOfRangeException: ");
}
