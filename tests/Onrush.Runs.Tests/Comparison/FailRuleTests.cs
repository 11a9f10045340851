using Onrush.Runs.Comparison;

namespace Onrush.Runs.Tests.Comparison;

public class FailRuleTests
{
    private static readonly RunComparison Slower = Comparer.Compare(
        new SimulatedTarget().Run(new Random(1), 30), new SimulatedTarget().Run(new Random(2), 30, slower: 1.2));

    [Theory]
    [InlineData("p(95)>+10%", 1)]
    [InlineData(" p(95) > 10 % ", 1)]
    [InlineData("p(95)>+50%", 0)]
    [InlineData("median{name:/hello}>+10%", 1)]
    [InlineData("avg{method:GET, scenario:default}>+10%", 1)]
    [InlineData("mean{name:/other}>+10%", 0)]
    [InlineData("rps<-10%", 1)]
    [InlineData("rps<-30%", 0)]
    [InlineData("median<-10%", 0)]
    [InlineData("failed>+0.5%", 0)]
    public void A_rule_holds_where_a_change_is_sure_and_beyond_its_number(string rule, int hits) =>
        FailRule.Parse(rule).Hits(Slower).Count.ShouldBe(hits);

    [Fact]
    public void A_hit_names_the_endpoint_and_the_change() =>
        FailRule.Parse("median{name:/hello}>+10%").Hits(Slower).ShouldHaveSingleItem()
            .ShouldMatch(@"^median\{name:/hello\}>\+10%: median ms of GET /hello changed by \+(19|20|21)\.\d %$");

    [Fact]
    public void A_rule_about_nothing_is_known_to_be_one()
    {
        FailRule.Parse("mean{name:/other}>+10%").Concerns(Slower).ShouldBeFalse();
        FailRule.Parse("mean>+10%").Concerns(Slower).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "'' is not a rule such as p(95)>+10% or rps{name:/hello}<-5%")]
    [InlineData("p(95)>10", "'p(95)>10' is not a rule such as p(95)>+10% or rps{name:/hello}<-5%")]
    [InlineData("p(95)=10%", "'p(95)=10%' is not a rule such as p(95)>+10% or rps{name:/hello}<-5%")]
    [InlineData("p(90)>10%", "'p(90)' is none of median, med, p(50), p(95), p(99), mean, avg, rps, failed")]
    [InlineData("rps{group:a}<10%", "'group:a' is not a tag such as name:/hello; there are name, method, scenario")]
    public void What_is_no_rule_is_refused(string rule, string message) =>
        Should.Throw<FormatException>(() => FailRule.Parse(rule)).Message.ShouldBe(message);
}
