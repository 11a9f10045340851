using Onrush.Runs.Results;

namespace Onrush.Runs.Tests.Results;

public class MarkdownSummaryTests
{
    [Fact]
    public void A_failed_run_is_the_checked_in_text() =>
        CheckedIn.Check(MarkdownSummary.Of(SampleRun.Result()), "tests/Onrush.Runs.Tests/Results/Golden/failed.md");

    [Fact]
    public void Rules_come_first()
    {
        string text = MarkdownSummary.Of(SampleRun.Result(
            passed: true, new RuleDocument { Subject = "http_req_duration{name:/hello}", Expression = "p(95)<500", Passed = true, Found = "38 ms" }));

        text.ShouldContain("| ✅ | http\\_req\\_duration\\{name:/hello\\} | p\\(95\\)&#60;500 | 38 ms |");
        text.IndexOf("p\\(95\\)", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("endpoint", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a|b", "a&#124;b")]
    [InlineData("<img src=x>", "&#60;img src=x&#62;")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("`code` *bold* [x](y)", "\\`code\\` \\*bold\\* \\[x\\]\\(y\\)")]
    [InlineData("@someone", "&#64;someone")]
    public void A_name_stays_what_it_is(string name, string markdown) => Markdown.Inline(name).ShouldBe(markdown);

    [Fact]
    public void Many_endpoints_are_cut_and_counted()
    {
        var worker = new FakeWorker();
        for (int i = 0; i < 60; i++)
            worker.Requests(1, name: $"/{i:00}");
        var run = Fold.Of(worker.Report()).Stopped(1).At(1);

        string text = MarkdownSummary.Of(SampleRun.Result() with { Run = run });

        text.ShouldContain("/49");
        text.ShouldNotContain("/50 ");
        text.ShouldContain("… and 10 more");
    }
}
