using System.Text.Json.Nodes;
using Onrush.Runs.Journal;
using Onrush.Scenarios;

namespace Onrush.Runs.Tests.Journal;

public sealed class RunPlanTests
{
    [Fact]
    public void A_plan_comes_back_and_keeps_what_others_added()
    {
        var plan = RunPlan.Of("coupon.cs", "abc", new RunOptions { Host = "http://127.0.0.1:80", Users = 7, SpawnRate = 2.5, RunTime = TimeSpan.FromSeconds(90) }, ["A", "B"]);
        plan.Document["extra"] = new JsonObject { ["a"] = 1 };
        var read = new JournalReader(new MemoryStream(JournalBytes.Of(new PlanEntry(1, plan)))).Next().ShouldBeOfType<PlanEntry>().Plan;
        foreach (var one in new[] { plan, read })
            (one.LoadTest, one.Host, one.Users, one.SpawnRate, one.RunTime).ShouldBe(("coupon.cs", "http://127.0.0.1:80", 7, 2.5, TimeSpan.FromSeconds(90)));
        read.Document.ToJsonString().ShouldBe(plan.Document.ToJsonString());
    }

    [Fact]
    public void Thresholds_that_were_given_come_back()
    {
        ThresholdText[] given = [new("http_req_duration{name:a}", "p(95)<500", true, TimeSpan.FromSeconds(10)), new("http_reqs", "count>1", false, TimeSpan.Zero)];
        var plan = RunPlan.Of("a.cs", null, new RunOptions { Thresholds = given }, []);
        new JournalReader(new MemoryStream(JournalBytes.Of(new PlanEntry(1, plan)))).Next().ShouldBeOfType<PlanEntry>().Plan.Thresholds.ShouldBe(given);
        new RunPlan((JsonObject)JsonNode.Parse("""{"thresholds":[1,{"metric":"m"},{"metric":2,"rule":"r"}]}""")!).Thresholds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://user:secret@host:80/path", "http://host:80/path")]
    [InlineData("https://token@host", "https://host")]
    [InlineData("http://host/a@b", "http://host/a@b")]
    [InlineData(null, null)]
    public void A_password_is_not_kept(string? host, string? kept) =>
        RunPlan.Of("a.cs", null, new RunOptions { Host = host }, []).Host.ShouldBe(kept);

    [Theory]
    [InlineData("""{"loadTest":1,"users":"x","runTimeSeconds":-1,"host":[]}""")]
    [InlineData("{}")]
    public void What_makes_no_sense_in_it_is_left_out(string text)
    {
        var plan = new RunPlan((JsonObject)JsonNode.Parse(text)!);
        (plan.LoadTest, plan.Host, plan.Users, plan.RunTime).ShouldBe(("", null, null, null));
    }
}
