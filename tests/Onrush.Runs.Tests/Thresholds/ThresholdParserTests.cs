namespace Onrush.Runs.Tests.Thresholds;

public sealed class ThresholdParserTests
{
    public static TheoryData<string, string, string> Selectors => new()
    {
        { "http_reqs", "http_reqs", "" },
        { "  http_reqs ", "http_reqs", "" },
        { "_own2", "_own2", "" },
        { "http_req_duration{name:call coupon}", "http_req_duration", "name=call coupon" },
        { "http_req_duration { name : call coupon , scenario : peak } ", "http_req_duration", "name=call coupon;scenario=peak" },
        { "checks{group:::login::form,check:is 200}", "checks", "group=::login::form;check=is 200" },
        { "http_reqs{name:http://127.0.0.1:8080/a?b=c}", "http_reqs", "name=http://127.0.0.1:8080/a?b=c" },
        { "http_reqs{name:/items/{id}}", "http_reqs", "name=/items/{id}" },
        { "http_reqs{name:\"a, b\",method:GET}", "http_reqs", "name=a, b;method=GET" },
        { "http_reqs{name:say \"hello\", please:1}", "http_reqs", "name=say \"hello\";please=1" },
        { "http_reqs{name:\"\"a\"\"}", "http_reqs", "name=\"a\"" },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void A_metric_with_its_tags(string text, string metric, string tags)
    {
        var selector = ThresholdParser.Selector(text);
        selector.Metric.ShouldBe(metric);
        string.Join(';', selector.Tags.Select(tag => $"{tag.Key}={tag.Value}")).ShouldBe(tags);
    }

    public static TheoryData<string, string> Rules_ => new()
    {
        { "count>0", "count Greater 0" },
        { "rate<0.01", "rate Less 0.01" },
        { "value==100", "value Equal 100" },
        { "value===100", "value Equal 100" },
        { "avg != 5", "avg NotEqual 5" },
        { "min>=1", "min GreaterOrEqual 1" },
        { " med <= 1.5e3 ", "med LessOrEqual 1500" },
        { "max<.5", "max Less 0.5" },
        { "p(95)<500", "p(95) Less 500" },
        { "p( 99.9 ) < 1000", "p(99.9) Less 1000" },
        { "p (0)<1", "p(0) Less 1" },
        { "p(100)<1", "p(100) Less 1" },
        { "p(99.99)<-1", "p(99.99) Less -1" },
    };

    [Theory]
    [MemberData(nameof(Rules_))]
    public void A_rule(string text, string expected)
    {
        var rule = ThresholdParser.Rule(text);
        FormattableString.Invariant($"{rule.Looks} {rule.Comparison} {rule.Limit}").ShouldBe(expected);
        rule.Source.ShouldBe(text.Trim());
    }

    [Theory]
    [InlineData("<", false, true, false)]
    [InlineData("<=", false, true, true)]
    [InlineData(">", true, false, false)]
    [InlineData(">=", true, false, true)]
    [InlineData("==", false, false, true)]
    [InlineData("!=", true, true, false)]
    public void A_comparison_of_what_is_above_below_and_at_the_limit(string comparison, bool above, bool below, bool at)
    {
        var rule = ThresholdParser.Rule($"value{comparison}10");
        rule.IsKeptBy(11).ShouldBe(above);
        rule.IsKeptBy(9).ShouldBe(below);
        rule.IsKeptBy(10).ShouldBe(at);
    }

    [Theory]
    [InlineData("http_req_duration: p(95)<500", "http_req_duration", "p(95)<500", false, 0)]
    [InlineData(" http_reqs{name:a:b}:count>0 abort ", "http_reqs{name:a:b}", "count>0", true, 0)]
    [InlineData("http_req_failed: rate<0.1 abort after 1m30s", "http_req_failed", "rate<0.1", true, 90)]
    [InlineData("http_reqs{name:abort}: count>0 abort after 5", "http_reqs{name:abort}", "count>0", true, 5)]
    public void A_line_of_the_command(string line, string metric, string rule, bool abort, double seconds) =>
        ThresholdLine.Parse(line).ShouldBe(Rules.Text(metric, rule, abort, seconds));

    [Fact]
    public void What_is_written_by_machine_is_read_as_it_was_meant()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var share = Math.Round(random.NextDouble() * 100, random.Next(4));
            var limit = Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(8)), 6);
            var rule = ThresholdParser.Rule(FormattableString.Invariant($"p({share})>={limit:R}"));
            rule.Fraction.ShouldBe(share / 100);
            rule.Limit.ShouldBe(limit);
            rule.Looks.ShouldBe(FormattableString.Invariant($"p({share})"));
        }
    }

    /// <summary>Whatever is typed, the answer is a threshold or one line that says what is wrong.</summary>
    [Fact]
    public void Nonsense_is_refused_and_never_crashes()
    {
        const string alphabet = "p(95)<>=!{}:,\" ancount_rate.e-1µs";
        var random = new Random(11);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            foreach (var read in (Action[])[() => ThresholdParser.Selector(text), () => ThresholdParser.Rule(text), () => ThresholdLine.Parse(text)])
            {
                try
                {
                    read();
                }
                catch (ThresholdException e)
                {
                    e.Message.ShouldNotBeNullOrWhiteSpace();
                    e.Message.ShouldNotContain('\n');
                    refused++;
                }
            }
        }

        refused.ShouldBeInRange(20_000, 59_999);
    }
}
