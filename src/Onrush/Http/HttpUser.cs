using System.Net;
using System.Runtime.CompilerServices;
using Onrush.Engine;
using Onrush.Http;
using Onrush.Http.Client;

namespace Onrush;

/// <summary>
/// A user with the client of the runtime: HTTP/2, HTTP/3, proxies and Windows authentication. The session has the same methods, results and
/// statistics as that of <see cref="FastHttpUser"/>, which makes more requests per processor and needs less memory per user.
/// The properties are read once per class, from its first user.
/// </summary>
public abstract class HttpUser : HttpUserBase
{
    private static readonly ConditionalWeakTable<HttpSettings, ClientOptions> OptionsByClass = [];

    /// <summary>Version of HTTP that is spoken.</summary>
    protected virtual HttpVersionChoice HttpVersion => HttpVersionChoice.Http11;

    /// <summary>Proxy for all requests of the class; null goes straight to the target unless <see cref="UseSystemProxy"/> is set.</summary>
    protected virtual IWebProxy? Proxy => null;

    /// <summary>True takes the proxy that the system or the environment (<c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>, <c>NO_PROXY</c>) names.</summary>
    protected virtual bool UseSystemProxy => false;

    /// <summary>Answers a challenge of the target: Negotiate and NTLM (Windows authentication), Digest, Basic. Null answers none.</summary>
    protected virtual NetworkCredential? Credentials => null;

    private protected sealed override HttpSession CreateSession(LoopUser user, HttpSettings settings, Action<Exchange>? finished)
    {
        var options = OptionsByClass.GetValue(settings, ReadOptions);
        return new ClientHttpSession(user, settings, options, settings.ResolverFor(user.Loop.Index, EffectiveHost), finished);
    }

    private ClientOptions ReadOptions(HttpSettings settings) => new(settings, GetType().Name, HttpVersion, Proxy, UseSystemProxy, Credentials);
}
