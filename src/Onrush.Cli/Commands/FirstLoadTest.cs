namespace Onrush.Cli.Commands;

/// <summary>The load test that onrush new writes.</summary>
internal static class FirstLoadTest
{
    public const string Text = """
        // A load test: each class that derives from FastHttpUser or HttpUser is a kind of user.
        // Run it:      onrush -H http://127.0.0.1:8080 --headless -u 10 -r 2 -t 20s
        // What it has: onrush --list
        using Onrush;

        public sealed class VisitorUser : FastHttpUser
        {
            // How long a user waits after each task, in seconds. Others: Constant, ConstantPacing, ConstantThroughput, Exponential.
            protected override WaitTime WaitTime => WaitTime.Between(1, 3);

            // Runs once for each user, before its first task: the place to log in.
            public override async ValueTask OnStartAsync() => await Client.GetAsync("/");

            // A user picks its tasks at random; this one three times as often as the other.
            [Task(3)]
            public async Task Home() => await Client.GetAsync("/");

            // All items are counted under one name, or each would get a line of its own in the statistics.
            // Tags choose tasks from the command line: --tags item, --exclude-tags item.
            [Task, Tag("item")]
            public async Task Item() => await Client.GetAsync($"/items/{Number % 10}", name: "/items/[id]");
        }

        """;
}
