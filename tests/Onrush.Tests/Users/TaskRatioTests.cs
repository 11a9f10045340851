using System.Text.Json;
using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class TaskRatioTests
{
    public sealed class Buyer : User
    {
        [Task(3)]
        public void Buy()
        {
        }

        [Task]
        public sealed class Look : SequentialTaskSet
        {
            [Task(3)]
            public void Glance()
            {
            }

            [Task]
            public void Read()
            {
            }
        }
    }

    public sealed class Walker : User
    {
        [Task]
        public sealed class Walk : MarkovTaskSet
        {
            [Transition(nameof(Search))]
            public void Home()
            {
            }

            [Transition(nameof(Home))]
            [Transition(nameof(Search), 3)]
            public void Search()
            {
            }
        }
    }

    private static readonly TaskRatio Ratio = TaskRatio.Of([UserClass.Read(typeof(Buyer)), UserClass.Read(typeof(Walker))], [30, 10]);

    [Fact]
    public void Shares_are_of_the_encloser_per_class_and_of_everything_in_total()
    {
        Lines(Ratio.PerClass).ShouldBe([
            "Buyer 0.75", "Buyer/Buy 0.75", "Buyer/Look 0.25", "Buyer/Look/Glance 0.75", "Buyer/Look/Read 0.25",
            "Walker 0.25", "Walker/Walk 1", "Walker/Walk/Home 0.2", "Walker/Walk/Search 0.8",
        ]);
        Lines(Ratio.Total).ShouldBe([
            "Buyer 0.75", "Buyer/Buy 0.5625", "Buyer/Look 0.1875", "Buyer/Look/Glance 0.140625", "Buyer/Look/Read 0.046875",
            "Walker 0.25", "Walker/Walk 0.25", "Walker/Walk/Home 0.05", "Walker/Walk/Search 0.2",
        ]);

        static IEnumerable<string> Lines(IEnumerable<TaskShare> shares, string path = "") => shares.SelectMany(share =>
            new[] { FormattableString.Invariant($"{path}{share.Name} {Math.Round(share.Ratio, 9)}") }.Concat(Lines(share.Tasks ?? [], $"{path}{share.Name}/")));
    }

    [Fact]
    public void The_json_has_the_shape_of_locusts()
    {
        using var json = JsonDocument.Parse(Ratio.ToJson());

        var buyer = json.RootElement.GetProperty("per_class").GetProperty("Buyer");
        buyer.GetProperty("ratio").GetDouble().ShouldBe(0.75);
        buyer.GetProperty("tasks").GetProperty("Look").GetProperty("tasks").GetProperty("Read").GetProperty("ratio").GetDouble().ShouldBe(0.25);
        buyer.GetProperty("tasks").GetProperty("Buy").TryGetProperty("tasks", out _).ShouldBeFalse();
        json.RootElement.GetProperty("total").GetProperty("Walker").GetProperty("ratio").GetDouble().ShouldBe(0.25);
        Ratio.ToJson().ShouldStartWith("{\n    \"per_class\": {\n        \"Buyer\": {\n            \"ratio\": 0.75,");
    }

    [Fact]
    public void No_users_at_all_have_no_share()
    {
        TaskRatio.Of([UserClass.Read(typeof(Buyer))], [0]).PerClass.Single().Ratio.ShouldBe(0);
    }

    public sealed class Cycles : User
    {
        [Task]
        public sealed class Ring : MarkovTaskSet
        {
            [Transition(nameof(Two))]
            public void One()
            {
            }

            [Transition(nameof(One))]
            public void Two()
            {
            }
        }
    }

    [Fact]
    public void A_chain_that_runs_in_a_circle_has_shares_too()
    {
        var shares = UserClass.Read(typeof(Cycles)).Tasks.Nodes[0].Tasks!.Shares();

        shares[0].ShouldBe(0.5, 1e-9);
        shares[1].ShouldBe(0.5, 1e-9);
    }
}
