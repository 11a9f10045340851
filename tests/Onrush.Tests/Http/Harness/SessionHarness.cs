using Onrush.Engine;
using Onrush.Http;
using Onrush.Http.Fast;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Tests.Http.Harness;

/// <summary>How a <see cref="SessionHarness"/> is set up. Times in seconds.</summary>
internal sealed record SessionOptions
{
    public double ConnectionTimeout { get; init; } = 10;

    public double NetworkTimeout { get; init; } = 20;

    public double RequestTimeout { get; init; } = 20;

    public int MaxRedirects { get; init; } = 30;

    public bool Insecure { get; init; }

    public ConnectionReuse Connections { get; init; } = ConnectionReuse.KeepAlive;

    public Header[] Headers { get; init; } = [];

    public EngineOptions Engine { get; init; } = new();

    /// <summary>Makes the session under test; the fast one unless told otherwise.</summary>
    public Func<LoopUser, HttpSettings, UrlResolver, HttpSession> Create { get; init; } =
        static (user, settings, urls) => new FastHttpSession(user, settings, urls, null);
}

/// <summary>
/// One loop with one user and its HTTP session. At the end it asserts what must always hold: nothing in flight, every request counted exactly once.
/// </summary>
internal sealed class SessionHarness : IAsyncDisposable
{
    private readonly LoopHarness _loop;
    private bool _finished;

    public SessionHarness(string transport, Uri? host = null, SessionOptions? options = null)
    {
        options ??= new SessionOptions();
        _loop = new LoopHarness(transport, options.Engine);
        Settings = new HttpSettings
        {
            ConnectionTimeoutNs = HttpSettings.Nanoseconds(options.ConnectionTimeout, "connection"),
            NetworkTimeoutNs = HttpSettings.Nanoseconds(options.NetworkTimeout, "network"),
            RequestTimeoutNs = HttpSettings.Nanoseconds(options.RequestTimeout, "request"),
            MaxRedirects = options.MaxRedirects,
            Insecure = options.Insecure,
            Connections = options.Connections,
            Headers = options.Headers,
        };
        User = _loop.CreateUser();
        var urls = Settings.ResolverFor(0, host?.OriginalString);
        Client = _loop.InvokeAsync(() => options.Create(User, Settings, urls)).GetAwaiter().GetResult();
        User.Resource = (IUserResource)Client;
    }

    public EngineLoop Loop => _loop.Loop;

    public LoopUser User { get; }

    public HttpSettings Settings { get; }

    public HttpSession Client { get; }

    /// <summary>Runs code of the user on the loop; fails when it does not end in time.</summary>
    public Task<T> RunAsync<T>(Func<HttpSession, Task<T>> body) => _loop.RunAsync(() => body(Client));

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<HttpSession, Task> body) => _loop.RunAsync(() => body(Client));

    /// <summary>Does something on the loop and gives what came of it.</summary>
    public Task<T> InvokeAsync<T>(Func<T> action) => _loop.InvokeAsync(action);

    /// <inheritdoc cref="InvokeAsync{T}"/>
    public Task InvokeAsync(Action action) => _loop.InvokeAsync(action);

    /// <summary>Waits until the condition holds on the loop.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => _loop.UntilAsync(condition, what);

    /// <summary>Waits until as many requests are under way.</summary>
    public Task UntilInFlightAsync(int requests) => UntilAsync(() => Loop.InFlight.Count == requests, $"{requests} requests in flight");

    /// <summary>What was counted since the last time; the session goes on.</summary>
    public Task<Counts> CountsAsync() => InvokeAsync(() => Counts.Take(Loop));

    /// <summary>The iteration ends, the user goes: gives what was counted since the last time.</summary>
    public async Task<Counts> FinishAsync()
    {
        _finished = true;
        var counts = await InvokeAsync(() =>
        {
            ((IUserResource)Client).OnIterationFinished();
            ((IUserResource)Client).Close();
            User.End();
            return Counts.Take(Loop);
        });
        counts.ShouldBeConserved();
        return counts;
    }

    /// <summary>Finishes, and asserts how the only request ended and what its failure says.</summary>
    public async Task<FailureCount> FinishWithAsync(Outcome outcome)
    {
        var counts = await FinishAsync();
        counts.Started.ShouldBe(1);
        counts[outcome].ShouldBe(1, string.Join("; ", counts.Failures));
        var failure = counts.Failures.ShouldHaveSingleItem();
        failure.Outcome.ShouldBe(outcome);
        failure.Count.ShouldBe(1);
        return failure;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_finished)
            await FinishAsync();
        _loop.Dispose();
    }
}
