using System.Runtime.CompilerServices;
using Onrush.Engine;
using Onrush.Http;

namespace Onrush;

/// <summary>What <see cref="FastHttpUser"/> and <see cref="HttpUser"/> have in common: a <see cref="Client"/> and its settings, which are read once per class.</summary>
public abstract class HttpUserBase : User
{
    private static readonly ConditionalWeakTable<object, HttpSettings> SettingsByClass = [];

    private HttpSession? _client;

    /// <summary>This user's HTTP client: own connections, own cookies.</summary>
    public HttpSession Client => _client ?? throw new InvalidOperationException($"{GetType().Name} is not running yet: what is in its constructor belongs into OnStartAsync.");

    /// <summary>Limit for name resolution, connect and TLS handshake together, in seconds.</summary>
    protected virtual double ConnectionTimeout => 10;

    /// <summary>Longest silence while a response is awaited, in seconds.</summary>
    protected virtual double NetworkTimeout => 60;

    /// <summary>Limit for a whole request with its redirects, in seconds.</summary>
    protected virtual double RequestTimeout => 60;

    /// <summary>Redirects that are followed before the request fails.</summary>
    protected virtual int MaxRedirects => 30;

    /// <summary>True takes any TLS certificate of the target; false, the default, verifies it.</summary>
    protected virtual bool Insecure => false;

    /// <summary>How long a connection is kept.</summary>
    protected virtual ConnectionReuse Connections => ConnectionReuse.KeepAlive;

    /// <summary>Headers of every request of the class.</summary>
    protected virtual IEnumerable<Header> DefaultHeaders => [];

    internal sealed override bool NeedsHost => true;

    internal sealed override void OnAttached()
    {
        var runtime = (LoopUser)Runtime;
        var settings = SettingsByClass.GetValue(Class, _ => ReadSettings(runtime.Loop.Options));
        _client = CreateSession(runtime, settings, Report());
        runtime.Resource = (IUserResource)_client;
    }

    internal sealed override void OnDetached() => (_client as IUserResource)?.Close();

    private protected abstract HttpSession CreateSession(LoopUser user, HttpSettings settings, Action<Exchange>? finished);

    private HttpSettings ReadSettings(EngineOptions engine) => new()
    {
        ConnectionTimeoutNs = HttpSettings.Nanoseconds(ConnectionTimeout, $"{GetType().Name}.{nameof(ConnectionTimeout)}"),
        NetworkTimeoutNs = HttpSettings.Nanoseconds(NetworkTimeout, $"{GetType().Name}.{nameof(NetworkTimeout)}"),
        RequestTimeoutNs = HttpSettings.Nanoseconds(RequestTimeout, $"{GetType().Name}.{nameof(RequestTimeout)}"),
        MaxRedirects = MaxRedirects,
        Insecure = Insecure || engine.Insecure,
        Connections = Connections,
        Headers = [.. DefaultHeaders],
    };

    private Action<Exchange>? Report()
    {
        var events = Events;
        return events is not { HearsRequests: true } ? null : exchange => events.Raise(new RequestFinished
        {
            Method = exchange.Method,
            Name = exchange.Name,
            Url = exchange.Url,
            StatusCode = exchange.Sample.Status,
            ResponseMilliseconds = exchange.Sample.ResponseNs / (double)MonotonicClock.Millisecond,
            ContentLength = exchange.Sample.ContentLength,
            Error = exchange.Message,
            UserClass = Class.Name,
            UserNumber = Number,
        });
    }
}
