using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Onrush.Runs;
using Onrush.Users;

namespace Onrush.Dashboard.Tests;

/// <summary>A page that is served on a free port, over a session whose runs are played.</summary>
internal sealed class Served : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Served(TestSession session, DashboardServer server, List<FakeRun> runs, List<string> warnings)
    {
        (Session, Server, Runs, Warnings) = (session, server, runs, warnings);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
        {
            BaseAddress = server.Address, Timeout = Patience,
        };
    }

    public TestSession Session { get; }

    public DashboardServer Server { get; }

    public List<FakeRun> Runs { get; }

    /// <summary>What went wrong inside: nothing may.</summary>
    public List<string> Warnings { get; }

    public HttpClient Client { get; }

    public FakeRun Run => Runs[^1];

    public static async Task<Served> StartAsync(DashboardOptions? options = null, TimeProvider? time = null)
    {
        var runs = new List<FakeRun>();
        var warnings = new List<string>();
        var session = new TestSession(
            new SessionTitle("hello.cs", "0.1.0"),
            LoadTestDefinition.FromTypes([typeof(HelloUser), typeof(AdminUser), typeof(Waves)]),
            new RunOptions { Users = 5, SpawnRate = 2, Host = "http://127.0.0.1:9" },
            (_, _) =>
            {
                var run = new FakeRun();
                runs.Add(run);
                return (run, run.RunAsync, () => Task.CompletedTask);
            },
            new LogLines(),
            new FixedTime());
        var server = await DashboardServer.StartAsync(session, (options ?? new DashboardOptions()) with { Port = 0 }, warnings.Add, time);
        return new Served(session, server, runs, warnings);
    }

    /// <summary>A page with a run that goes on.</summary>
    public static async Task<Served> RunningAsync(int seconds = 3, DashboardOptions? options = null)
    {
        var served = await StartAsync(options);
        await served.Session.StartAsync(new StartOptions());
        served.Run.Play(seconds);
        return served;
    }

    public async Task<string> TextAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    public async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await TextAsync(path)).RootElement;

    public async Task<(int Status, string Text)> PostAsync(string path, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Warnings.ShouldBeEmpty();
    }

    public class HelloUser : FastHttpUser
    {
        [Option("Number of the shop", Minimum = 1)]
        public static int ShopId { get; set; } = 7;

        [Option("Key", Secret = true)]
        public static string? ApiKey { get; set; } = "hidden";

        [Option("Sizes", Choices = ["S", "M"])]
        public static string[] Sizes { get; set; } = ["S"];

        [Task(3)]
        public async Task Hello() => await Client.GetAsync("/hello");

        [Task]
        public async Task Buy() => await Client.GetAsync("/buy");
    }

    [FixedCount(2)]
    public sealed class AdminUser : HelloUser;

    public sealed class Waves : LoadShape
    {
        public override ShapeTick? Tick() => (1, 1);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse("2026-11-20T12:00:00Z", CultureInfo.InvariantCulture);
    }
}
