using System.Runtime.InteropServices;
using SocketServers;
using SocketServers.Servers;

ServerOptions options;
try
{
    options = ServerOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message.Length > 0 ? $"SocketServers: {e.Message}" : ServerOptions.Usage);
    return 2;
}

// A worker of the process server dies with its parent, which holds the other end of its standard input.
if (options.InheritedListener is { } handle)
{
    // Not disposed of: closing waits for the accept under way to end, and where another worker has closed the same listener first that one never does.
    var shared = Listening.Inherited(handle);
    new Thread(() => new SingleServer().Serve(shared, options)) { IsBackground = true }.Start();
    Console.In.ReadToEnd();
    return 0;
}

try
{
    using var listener = Listening.Open(options);
    using var server = Make(options.Kind);
    using var ended = new ManualResetEventSlim();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    new Thread(() => server.Serve(listener, options)) { IsBackground = true }.Start();
    Console.WriteLine($"http://{listener.LocalEndPoint}/");
    ended.Wait();
    return 0;

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        ended.Set();
    }
}
catch (Exception e) when (e is System.Net.Sockets.SocketException or PlatformNotSupportedException)
{
    Console.Error.WriteLine($"SocketServers: {e.Message}");
    return 1;
}

static IServer Make(string kind) => kind switch
{
    "single" => new SingleServer(),
    "process" => new ProcessServer(),
    "thread" => new ThreadServer(),
    _ => new AsyncServer(),
};
