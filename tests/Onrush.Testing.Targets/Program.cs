using System.Net;
using System.Runtime.InteropServices;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Hostile;
using Onrush.Testing.Targets.Tls;

// Runs a target by hand:
//   counting [--port N] [--ipv6] [--tls]    an honest server; prints its counts when it is stopped
//   hostile [NAME...]                       one port per misbehaviour
//   list                                    every misbehaviour and what it does
var ended = new TaskCompletionSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

switch (args.FirstOrDefault())
{
    case "counting":
        return await RunCountingAsync();
    case "hostile":
        return await RunHostileAsync();
    case "list":
        foreach (var misbehaviour in HostileServer.All)
            Console.WriteLine($"{misbehaviour.Name,-32} {misbehaviour.Does}");
        return 0;
    default:
        Console.Error.WriteLine("usage: counting [--port N] [--ipv6] [--tls] | hostile [NAME...] | list");
        return 2;
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.TrySetResult();
}

async Task<int> RunCountingAsync()
{
    var port = Array.IndexOf(args, "--port");
    using var authority = new TestAuthority();
    using var certificate = args.Contains("--tls") ? authority.Valid() : null;
    await using var server = CountingServer.Start(new CountingServerOptions
    {
        Address = args.Contains("--ipv6") ? IPAddress.IPv6Loopback : IPAddress.Loopback,
        Port = port >= 0 && port + 1 < args.Length && int.TryParse(args[port + 1], out var number) ? number : 0,
        Certificate = certificate,
    });
    Console.WriteLine(server.Url);
    await ended.Task;
    foreach (var path in server.Counts.Paths.Order())
        Console.WriteLine($"{path}: {server.Counts[path].Received} received, {server.Counts[path].Answered} answered, {server.Counts[path].Cut} cut");
    return 0;
}

async Task<int> RunHostileAsync()
{
    var names = args.Length > 1 ? args[1..] : [.. HostileServer.All.Select(one => one.Name)];
    if (names.FirstOrDefault(name => HostileServer.All.All(one => one.Name != name)) is { } unknown)
    {
        Console.Error.WriteLine($"no misbehaviour is named {unknown}; see: list");
        return 2;
    }
    await using var server = new HostileServer();
    foreach (var name in names)
        Console.WriteLine($"{name,-32} {server[name].Url}");
    await ended.Task;
    return 0;
}
