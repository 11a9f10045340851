using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Counts;

/// <summary>Rows of a file beside the load test reach the target, each as often as it should.</summary>
public sealed class DataTests : RunFixture
{
    private const string Unique = """
        using Onrush;

        public sealed record Account(string Name, int Coupon);

        public sealed class Buyer : FastHttpUser
        {
            private static readonly Feeder<Account> Accounts = Feeder.Csv<Account>("accounts.csv").Unique();

            private Account _account = null!;

            protected override WaitTime WaitTime => WaitTime.Constant(0.05);

            public override async ValueTask OnStartAsync()
            {
                _account = Accounts.Next(this);
                await Client.GetAsync($"/start/{_account.Name}");
            }

            [Task]
            public async Task Buy() => await Client.GetAsync($"/buy/{Accounts.Next(this).Coupon}");
        }
        """;

    [Fact]
    public async Task A_user_has_a_row_of_its_own_and_who_finds_none_ends_with_the_reason()
    {
        await using var server = CountingServer.Start(new CountingServerOptions());
        Folder.Write("accounts.csv", "name,coupon\nann,1\nbob,2\ncem,3\n");

        var run = await RunPatientlyAsync(Unique, server.Url, "-u", "5", "-r", "50", "-t", "2s", "-s", "10");

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Everything.ShouldContain("2 users of Buyer ended: accounts.csv: all 3 rows are given to users");
        foreach (var name in new[] { "ann", "bob", "cem" })
            server.Counts[$"/start/{name}"].Received.ShouldBe(1, name);
        foreach (var coupon in new[] { "1", "2", "3" })
            server.Counts[$"/buy/{coupon}"].Received.ShouldBeGreaterThan(1, coupon);
    }

    [Fact]
    public async Task Rows_in_order_are_each_used_once_over_all_loops_and_users()
    {
        await using var server = CountingServer.Start(new CountingServerOptions());
        Folder.Write("ids.json", $"[{string.Join(',', Enumerable.Range(0, 500).Select(id => $"{{\"id\":{id}}}"))}]");
        const string Test = """
            using Onrush;

            public sealed class Reader : FastHttpUser
            {
                private static Feeder<Row> Ids { get; } = Feeder.Json("ids.json").Sequential();

                [Task]
                public async Task Read() => await Client.GetAsync($"/{Ids.Next(this)["id"]}", name: "/[id]");
            }
            """;

        var run = await RunPatientlyAsync(Test, server.Url, "-u", "7", "-r", "100", "-t", "20s", "-s", "10");

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Everything.ShouldContain("7 users of Reader ended: ids.json: all 500 rows are used");
        for (var id = 0; id < 500; id++)
            server.Counts[$"/{id}"].Received.ShouldBe(1, $"{id}");
    }

    [Fact]
    public async Task A_mistake_in_the_data_is_told_with_its_line_before_the_first_request()
    {
        await using var server = CountingServer.Start(new CountingServerOptions());
        Folder.Write("accounts.csv", "name,coupon\nann,1\nbob,two\n");

        var run = await RunPatientlyAsync(Unique, server.Url, "-u", "5", "-r", "50", "-t", "2s");

        run.ExitCode.ShouldNotBe(0);
        run.Everything.ShouldContain("accounts.csv(3): The column coupon has 'two', which is no Int32.");
        server.Counts.Received.ShouldBe(0);
    }

    // Each compiles a load test of its own, which takes its time where other work shares the machine.
    private Task<Finished> RunPatientlyAsync(string loadTest, Uri host, params string[] more) =>
        OnrushCommand.RunAsync(Folder, Arguments(loadTest, host, more), limit: TimeSpan.FromMinutes(4));
}
