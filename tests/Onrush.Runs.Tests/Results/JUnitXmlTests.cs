using System.Xml.Linq;
using Onrush.Measurement;
using Onrush.Runs.Results;

namespace Onrush.Runs.Tests.Results;

public class JUnitXmlTests
{
    [Fact]
    public void A_failed_run_fails_the_endpoints_that_failed()
    {
        var xml = Xml(SampleRun.Result());

        Case(xml, "GET /hello", "s").Element("failure").ShouldBeNull();
        var failure = Case(xml, "POST call, \"coupon\"").Element("failure").ShouldNotBeNull();
        failure.Attribute("message")!.Value.ShouldBe("3 of 3 requests failed");
        failure.Value.ShouldContain("3 x 409 \"Conflict\",\nno coupon left");
        Case(xml, "user code throws nothing").Element("failure").ShouldNotBeNull().Value.ShouldContain("CouponUser.Call");
        Case(xml, "verdict").Element("failure").ShouldNotBeNull();
    }

    [Fact]
    public void Where_rules_judge_the_run_they_fail_and_not_the_endpoints()
    {
        var good = new RuleDocument { Subject = "http_req_failed", Expression = "rate<0.1", Passed = true, Found = "2.38 %" };
        var bad = new RuleDocument { Subject = "http_req_duration", Expression = "p(95)<1", Passed = false, Found = "39 ms" };

        var xml = Xml(SampleRun.Result(passed: false, good, bad));

        Case(xml, "POST call, \"coupon\"").Element("failure").ShouldBeNull();
        Case(xml, "http_req_failed: rate<0.1").Element("failure").ShouldBeNull();
        Case(xml, "http_req_duration: p(95)<1").Element("failure").ShouldNotBeNull().Attribute("message")!.Value.ShouldContain("39 ms");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_has_failures_exactly_when_the_command_fails(bool passed)
    {
        var xml = Xml(SampleRun.Result(passed));

        int failures = xml.Descendants("failure").Count();
        (failures == 0).ShouldBe(passed);
        xml.Root!.Attribute("failures")!.Value.ShouldBe($"{failures}");
        xml.Root.Attribute("tests")!.Value.ShouldBe($"{xml.Descendants("testcase").Count()}");
        foreach (var suite in xml.Root.Elements("testsuite"))
            suite.Attribute("failures")!.Value.ShouldBe($"{suite.Descendants("failure").Count()}");
    }

    [Fact]
    public void What_XML_cannot_hold_is_replaced()
    {
        var run = Fold.Of(new FakeWorker().Requests(1, name: "/\u0001\ud800<🙂>", outcome: Outcome.Status, error: "\u001b[2J]]>").Report()).At(1);

        var xml = Xml(SampleRun.Result() with { Run = run });

        Case(xml, "GET /\ufffd\ufffd<🙂>").Element("failure").ShouldNotBeNull().Value.ShouldBe("1 x \ufffd[2J]]>");
    }

    private static XElement Case(XDocument xml, string name, string? of = null) =>
        xml.Descendants("testcase").Single(c => c.Attribute("name")!.Value == name && (of is null || c.Attribute("classname")!.Value == of));

    private static XDocument Xml(RunResult result)
    {
        using var stream = new MemoryStream();
        JUnitXml.Write(result, stream);
        stream.Position = 0;
        return XDocument.Load(stream);
    }
}
