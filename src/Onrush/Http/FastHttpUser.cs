using Onrush.Engine;
using Onrush.Http;
using Onrush.Http.Fast;

namespace Onrush;

/// <summary>
/// A user with the fast HTTP/1.1 client: no memory per request, about 1 KB per user with an idle connection. For HTTP/2, HTTP/3, proxies or
/// Windows authentication take <see cref="HttpUser"/>; the session has the same methods.
/// </summary>
public abstract class FastHttpUser : HttpUserBase
{
    private protected sealed override HttpSession CreateSession(LoopUser user, HttpSettings settings, Action<Exchange>? finished) =>
        new FastHttpSession(user, settings, settings.ResolverFor(user.Loop.Index, EffectiveHost), finished);
}
