using System.Net.Sockets;
using Onrush.Http;
using Onrush.Http.Wire;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>Checks before the first request that every class that needs a host has one, and that its name resolves.</summary>
internal static class TargetHosts
{
    /// <summary>Resolves the hosts of the classes.</summary>
    /// <param name="classes">The classes that run.</param>
    /// <param name="host">Host of the run; null leaves it to the classes.</param>
    /// <exception cref="LoadTestException">A host is missing, is none, or does not resolve.</exception>
    public static async Task CheckAsync(IEnumerable<UserClass> classes, string? host)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var userClass in classes.Where(c => c.NeedsHost))
        {
            var url = host ?? userClass.Host
                ?? throw new LoadTestException($"{userClass.Name} has no host: give one with -H http://…, or override Host in the class.");
            if (!UrlResolver.TryCreate(url, out var resolver, out var error))
                throw new LoadTestException($"The host of {userClass.Name} cannot be used: {error}");
            if (resolver!.BaseOrigin is { } origin && seen.Add(origin.Host))
                await ResolveAsync(origin.Host);
        }
    }

    private static async Task ResolveAsync(string name)
    {
        if (DnsCache.TryGet(name, Engine.MonotonicClock.Now, out _))
            return;
        try
        {
            await DnsCache.ResolveAsync(name);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new LoadTestException($"The host {name} does not resolve: {exception.Message}");
        }
    }
}
