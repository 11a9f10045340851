using System.Net;
using Onrush.Http;
using Onrush.Http.Client;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Client;

/// <summary>The settings of a harness whose session is that of an <see cref="HttpUser"/>.</summary>
internal static class ClientHarness
{
    /// <summary>Makes the harness use the runtime's client.</summary>
    public static SessionOptions With(
        SessionOptions? options = null,
        HttpVersionChoice version = HttpVersionChoice.Http11,
        IWebProxy? proxy = null,
        bool useSystemProxy = false,
        NetworkCredential? credentials = null) => (options ?? new SessionOptions()) with
        {
            Create = (user, settings, urls) => new ClientHttpSession(
                user, settings, new ClientOptions(settings, "TestUser", version, proxy, useSystemProxy, credentials), urls, null),
        };

    /// <summary>The options of a class that asks for a version.</summary>
    public static ClientOptions Options(HttpVersionChoice version)
    {
        var settings = new HttpSettings
        {
            ConnectionTimeoutNs = 1,
            NetworkTimeoutNs = 1,
            RequestTimeoutNs = 1,
            MaxRedirects = 0,
            Insecure = false,
            Connections = ConnectionReuse.KeepAlive,
            Headers = [],
        };
        return new ClientOptions(settings, "TestUser", version, null, false, null);
    }

    /// <summary>One user of the runtime's client.</summary>
    public static SessionHarness Start(string transport, Uri host, SessionOptions? options = null) => new(transport, host, With(options));
}
