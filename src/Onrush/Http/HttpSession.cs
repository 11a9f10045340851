using Onrush.Engine;
using Onrush.Http;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush;

/// <summary>
/// A user's HTTP client: keeps connections and cookies, measures every request. A call that fails does not throw: the failure is counted, and
/// the response says so. Only a mistake in the call itself (an impossible URL or header) throws. Times out by the class's settings.
/// </summary>
public abstract partial class HttpSession
{
    private readonly UrlResolver _urls;
    private readonly LoopHttp _shared;
    private List<Exchange>? _open;
    private CookieJar? _cookies;

    private protected HttpSession(LoopUser user, HttpSettings settings, UrlResolver urls, Action<Exchange>? finished)
    {
        User = user;
        Settings = settings;
        _urls = urls;
        _shared = LoopHttp.Of(user.Loop);
        Finished = finished;
    }

    /// <summary>Name in the statistics for the requests that give none, for instance while a whole flow is measured under one name.</summary>
    public string? RequestName { get; set; }

    /// <summary>The cookies of this user, whatever host they belong to: name and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Cookies => _cookies?.List(UnixSeconds) ?? [];

    /// <summary>Value of the Authorization header of every request; see <see cref="UseBasicAuth"/> and <see cref="UseBearerToken"/>.</summary>
    public string? Authorization { get; set; }

    /// <summary>The request begun last; null once it was taken back.</summary>
    internal Exchange? LastBegun { get; private set; }

    internal LoopUser User { get; }

    internal EngineLoop Loop => User.Loop;

    internal HttpSettings Settings { get; }

    internal LoopHttp LoopHttp => _shared;

    private Action<Exchange>? Finished { get; }

    /// <summary>Value of a cookie of this user; null when there is none.</summary>
    public string? GetCookie(string name) => _cookies?.Get(name, UnixSeconds);

    /// <summary>Sets a cookie of this user.</summary>
    /// <param name="name">Name.</param>
    /// <param name="value">Value.</param>
    /// <param name="host">Host it is sent to; null sends it everywhere.</param>
    /// <param name="path">Path it is sent to and below.</param>
    public void SetCookie(string name, string value, string? host = null, string path = "/") =>
        (_cookies ??= new CookieJar()).Set(name, value, host, path);

    /// <summary>Forgets all cookies of this user.</summary>
    public void ClearCookies() => _cookies?.Clear();

    /// <summary>Sends user name and password with every request of this user.</summary>
    public void UseBasicAuth(string user, string password) =>
        Authorization = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>Sends a bearer token with every request of this user.</summary>
    public void UseBearerToken(string token) => Authorization = "Bearer " + token;

    /// <summary>Whether a request without headers and body of its own is the same for every user of the class.</summary>
    internal bool AddsNothing => _cookies is null && Authorization is null && _shared.Trace is null;

    /// <summary>Cookies and authorization of the user for a request to the target.</summary>
    internal void WriteSessionHeaders(RequestWriter writer, in Target target, ReadOnlySpan<Header> headers)
    {
        WriteCookies(writer, target);
        foreach (var header in headers)
        {
            if (header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                return;
        }

        if (Authorization is not null)
            writer.WriteHeader("Authorization", Authorization);
        else if (target.Credentials is not null)
            writer.WriteBasicAuthorization(target.Credentials);
    }

    /// <summary>The Cookie line for a request to the target.</summary>
    internal void WriteCookies(RequestWriter writer, in Target target) => _cookies?.WriteTo(writer, target, UnixSeconds);

    /// <summary>Keeps the cookies that a response sets.</summary>
    internal void StoreCookies(in Target target, ReadOnlySpan<byte> head) => (_cookies ??= new CookieJar()).StoreAll(target, head, UnixSeconds);

    /// <summary>Where a redirect leads.</summary>
    internal bool TryResolveRedirect(in Target from, string location, out Target to, out string? error) =>
        _urls.TryResolveRedirect(from, location, out to, out error);

    /// <summary>The response was disposed of.</summary>
    internal void Release(Exchange exchange)
    {
        if (exchange.IsOpen)
        {
            exchange.IsOpen = false;
            _open!.Remove(exchange);
            Record(exchange);
        }

        exchange.Retire();
        Recycle(exchange);
    }

    /// <summary>The object may serve again.</summary>
    internal void Recycle(Exchange exchange)
    {
        if (ReferenceEquals(LastBegun, exchange))
            LastBegun = null;
        _shared.Return(exchange);
    }

    /// <summary>Counts what the load test left unjudged.</summary>
    internal void CloseOpen()
    {
        while (_open is { Count: > 0 } open)
            Release(open[^1]);
    }

    /// <summary>Begins the exchange of a call: resolved and named. Throws for a call that cannot be made.</summary>
    private protected Exchange Begin(in HttpCall call)
    {
        User.ThrowIfEnding();
        var exchange = _shared.RentExchange();
        exchange.Session = this;
        LastBegun = exchange;
        exchange.Begin();
        exchange.Method = call.Method;
        Resolve(in call, exchange);
        exchange.CatchResponse = call.CatchResponse;
        exchange.IsKept = call.KeepBody || call.CatchResponse;
        exchange.FollowsRedirects = call.AllowRedirects ?? true;
        exchange.TimeoutNs = call.Timeout is { } seconds ? HttpSettings.Nanoseconds(seconds, "timeout") : Settings.RequestTimeoutNs;
        exchange.Name = call.Name ?? RequestName ?? call.Url;
        return exchange;
    }

    /// <summary>
    /// From here on the request is under way; nothing may throw any more. Its time begins here, with its bytes at hand: putting them together is work of the
    /// generator and would be taken for the target's.
    /// </summary>
    private protected void Start(Exchange exchange)
    {
        var recorder = Loop.Recorder;
        exchange.Sample.Series = recorder.Series(User.Scenario, exchange.Method, exchange.Name, User.Tags);
        recorder.Started(exchange.Sample.Series);
        var deadlines = Loop.Deadlines(exchange.TimeoutNs);
        exchange.StartNs = exchange.StageStartNs = MonotonicClock.Now;
        Loop.InFlight.Add(exchange);
        deadlines.Add(exchange, exchange.StartNs);
    }

    /// <summary>
    /// The request is over: outcome, message, status and clock readings are set. Counts it unless the load test judges, and goes on with the user's code. On the loop, and never inside the call that began the request.
    /// </summary>
    private protected void Finish(Exchange exchange)
    {
        DeadlineQueue.Remove(exchange);
        exchange.Carrier = null;

        ref var sample = ref exchange.Sample;
        if (exchange.LastByteNs > 0)
        {
            sample.ResponseNs = Math.Max(0, exchange.LastByteNs - exchange.StartNs);
            sample.GeneratorNs = Math.Max(0, Loop.LastReadNs - exchange.LastByteNs);
        }
        else
        {
            sample.ResponseNs = MonotonicClock.Now - exchange.StartNs;
        }

        sample.FromDueNs = User.LatenessNs < 0 ? -1 : sample.ResponseNs + User.LatenessNs;
        if (sample.Outcome == Outcome.Success && sample.Status >= 400)
        {
            sample.Outcome = Outcome.Status;
            exchange.Message = StatusText.For(sample.Status);
        }

        if (exchange.CatchResponse && sample.Outcome != Outcome.Cancelled)
        {
            exchange.IsOpen = true;
            (_open ??= []).Add(exchange);
        }
        else
        {
            Record(exchange);
        }

        Loop.CurrentUser = User;
        exchange.Complete();
        User.OnResponseHandedOver();
    }

    private void Record(Exchange exchange)
    {
        // In flight until it is counted, also while the load test judges: started = ended + in flight holds at every instant.
        Loop.InFlight.Remove(exchange);
        var recorder = Loop.Recorder;
        recorder.Finished(in exchange.Sample);
        if (exchange.Sample.Outcome is not (Outcome.Success or Outcome.Cancelled))
            recorder.Failure(exchange.Sample.Series, exchange.Sample.Outcome, exchange.Message ?? "failed");
        if (exchange.Sample.Outcome != Outcome.Cancelled)
            Finished?.Invoke(exchange);
    }

    private static long UnixSeconds => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private void Resolve(in HttpCall call, Exchange exchange)
    {
        var literal = call.Query.IsEmpty;
        if (literal && exchange.LeadsTo(_urls, call.Url))
            return;
        if (literal && _shared.TryGetTarget(_urls, call.Url, out var known))
        {
            exchange.SetTarget(known, _urls, call.Url);
            return;
        }

        var url = literal ? call.Url : QueryString.Append(call.Url, call.Query);
        if (!_urls.TryResolve(url, out var target, out var error))
            throw new ArgumentException(error);
        if (literal)
        {
            exchange.SetTarget(target, _urls, url);
            _shared.Remember(_urls, url, target);
        }
        else
        {
            exchange.SetTarget(target);
        }
    }
}
