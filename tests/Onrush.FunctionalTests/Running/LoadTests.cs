namespace Onrush.FunctionalTests.Running;

/// <summary>Load tests that the functional tests hand to the command.</summary>
internal static class LoadTests
{
    /// <summary>Users that ask for /hello and think for a fifth to two fifths of a second.</summary>
    public const string Hello = """
        using Onrush;

        public sealed class HelloUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Between(0.2, 0.4);

            [Task]
            public async Task Hello() => await Client.GetAsync("/hello");
        }
        """;

    /// <summary>Users that ask for three paths, fifty times a second at most.</summary>
    public const string ThreePaths = """
        using Onrush;

        public sealed class PathUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.02);

            [Task(2)]
            public async Task First() => await Client.GetAsync("/first");

            [Task]
            public async Task Second() => await Client.PostAsync("/second", "body");

            [Task]
            public async Task Third() => await Client.GetAsync("/third?size=100000");
        }
        """;

    /// <summary>Users that ask ten times per second, on a schedule.</summary>
    public const string TenPerSecond = """
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.ConstantThroughput(10);

            [Task]
            public async Task Hello() => await Client.GetAsync("/hello");
        }
        """;

    /// <summary>Users that ask for a path that fails.</summary>
    public const string Failing = """
        using Onrush;

        public sealed class FailingUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.1);

            [Task]
            public async Task Fail() => await Client.GetAsync("/status/500");
        }
        """;

    /// <summary>Users whose task throws after a good request.</summary>
    public const string Throwing = """
        using Onrush;

        public sealed class ThrowingUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.1);

            [Task]
            public async Task Throw()
            {
                await Client.GetAsync("/hello");
                throw new InvalidOperationException("the cart is empty");
            }
        }
        """;

    /// <summary>Users that never get past their start.</summary>
    public const string NotStarting = """
        using Onrush;

        public sealed class LoginUser : FastHttpUser
        {
            public override ValueTask OnStartAsync() => throw new InvalidOperationException("no such account");

            [Task]
            public async Task Hello() => await Client.GetAsync("/hello");
        }
        """;

    /// <summary>Users that keep their loop busy for a tenth of a millisecond after each request.</summary>
    public const string Busy = """
        using System.Diagnostics;
        using Onrush;

        public sealed class BusyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0);

            [Task]
            public async Task Work()
            {
                await Client.GetAsync("/hello");
                var start = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < 100)
                {
                }
            }
        }
        """;

    /// <summary>
    /// One user per address: it asks once, looks at the body, and waits for the end. Each request carries the name of its address, so
    /// that each has a row.
    /// </summary>
    public static string OnceEach(IEnumerable<(string Name, Uri Url)> targets) => $$"""
        using Onrush;

        public sealed class OnceUser : FastHttpUser
        {
            private static readonly (string Name, string Url)[] Targets =
            [
                {{string.Join("\n        ", targets.Select(target => $"(\"{target.Name}\", \"{target.Url}\"),"))}}
            ];

            protected override double ConnectionTimeout => 5;

            protected override double NetworkTimeout => 5;

            protected override double RequestTimeout => 6;

            [Task]
            public async Task Once()
            {
                var (name, url) = Targets[(Number - 1) % Targets.Length];
                using var response = await Client.GetAsync(url, name: name, catchResponse: true);
                if (response.StatusCode == 200)
                    _ = response.Body.Length;
            }
        }

        public sealed class OnceEach : LoadTest
        {
            public override void Configure(LoadTestBuilder test) => test
                .Scenario<OnceUser>("once", user => user.Once, Executor.PerUserIterations(users: {{targets.Count()}}, iterations: 1, maxDuration: "2m"));
        }
        """;
}
