namespace Onrush.FunctionalTests.Verdicts;

/// <summary>Load tests that say themselves what is good enough, or that go wrong before the first request.</summary>
internal static class JudgedLoadTests
{
    private const string Users = """
        using Onrush;

        public sealed class JudgedUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.05);

            [Task]
            public async Task Ask()
            {
                using var response = await Client.GetAsync("/hello", name: "hello");
                Check("is 200", response.StatusCode == 200);
            }

            [Task]
            public async Task Fail() => await Client.GetAsync("/status/500", name: "fail");
        }

        """;

    /// <summary>Half of the requests fail; the class configures what the text says.</summary>
    public static string Configured(string configure) => Class($"public override void Configure(LoadTestBuilder test) => test{configure};");

    /// <summary>Half of the requests fail; the class has these members.</summary>
    public static string Class(string members) => $$"""
        {{Users}}
        public sealed class Judged : LoadTest
        {
            {{members}}
        }
        """;

    /// <summary>Five users that ask once each, check three things, and wait a little: the shape of k6's first example.</summary>
    public const string Once = """
        using Onrush;

        public sealed class OnceUser : FastHttpUser
        {
            [Task]
            public async Task Call()
            {
                using var response = await Client.PostAsync("/hello", name: "call coupon", catchResponse: true);
                Check("status is 200", response.StatusCode == 200);
                Check("status is 409 (Already Issued)", response.StatusCode == 409);
                Check("status is 500", response.StatusCode == 500);
                await SleepAsync(0.1);
            }
        }

        public sealed class Peak : LoadTest
        {
            public override void Configure(LoadTestBuilder test) => test
                .Scenario<OnceUser>("peak", user => user.Call, Executor.PerUserIterations(users: 5, iterations: 1))
                .Threshold("http_req_failed", "rate<0.01")
                .Threshold("http_req_duration{name:call coupon}", "p(95)<60000")
                .Threshold("checks{check:status is 409 (Already Issued)}", "rate>0.5");
        }
        """;
}
