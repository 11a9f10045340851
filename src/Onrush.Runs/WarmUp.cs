using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// Performs a user against a small answerer in this process before the first real one, on a loop of its own: what the runtime compiles on the first
/// request would otherwise hold up the first users for 10 to 20 ms and be measured as theirs. Takes some 30 ms; loopback only; counted nowhere.
/// </summary>
internal static class WarmUp
{
    private const int Requests = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly Lock Gate = new();
    private static Task? _epoll;
    private static Task? _portable;

    /// <summary>
    /// Has the runtime compile what the first user of each class would otherwise wait for: the code of the class, and what the compiler made of its async methods. Where several
    /// workers begin on one machine, each would be late by the compiling of all. Nothing of it is executed.
    /// </summary>
    public static void Compile(IEnumerable<Type> users)
    {
        foreach (var user in users)
        {
            for (var type = user; type is not null && type != typeof(User) && type.Assembly == user.Assembly; type = type.BaseType)
                Compile(type);
        }
    }

    /// <summary>
    /// Warms up on a thread of its own, once in a process for each transport: whoever knows early that there will be a run has it done beside all that comes before.
    /// </summary>
    public static Task Begin(EngineOptions options)
    {
        lock (Gate)
        {
            ref var begun = ref options.Portable ? ref _portable : ref _epoll;
            return begun ??= Task.Factory.StartNew(() => Run(options), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    // What goes wrong is left alone: the run works without.
    private static void Run(EngineOptions options)
    {
        try
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            new Thread(() => Answer(listener)) { IsBackground = true, Name = "onrush warm-up" }.Start();
            Perform(options with { Loops = 1, LocalAddresses = [], Requests = null }, $"http://{listener.LocalEndPoint}");
        }
        catch (SocketException)
        {
        }
    }

    private static void Compile(Type type)
    {
        if (type.ContainsGenericParameters)
            return;
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var method in type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)))
        {
            if (method.IsAbstract || method.ContainsGenericParameters)
                continue;
            try
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whatever is wrong with it, who calls it learns that.
            }
        }

        foreach (var nested in type.GetNestedTypes(Own))
            Compile(nested);
    }

    private static void Perform(EngineOptions options, string host)
    {
        var recorder = new LoopRecorder(0, MonotonicClock.Now, TimeProvider.System);
        using EngineLoop loop = options.Portable ? new PortableLoop(0, options, recorder) : new EpollLoop(0, options, recorder);
        var runtime = new LoopUser(loop, recorder.Scenario("warm-up"), nameof(Visitor), static _ => { });
        var userClass = UserClass.Read(typeof(Visitor));
        using var done = new ManualResetEventSlim();
        loop.Start();
        loop.Post(_ => LiveAsync(), null);
        done.Wait(Patience);

        async void LiveAsync()
        {
            var user = userClass.Create();
            user.Attach(runtime, userClass, number: 1, seed: 1, host);
            await user.RunAsync();
            runtime.End();
            recorder.Swap(MonotonicClock.Now, 0, -1);
            done.Set();
        }
    }

    private static void Answer(Socket listener)
    {
        try
        {
            using var connection = listener.Accept();
            var request = new byte[1024];
            var response = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
            while (connection.Receive(request) > 0)
                connection.Send(response);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Does what most users do.</summary>
    internal sealed class Visitor : FastHttpUser
    {
        private int _requests;

        /// <summary>The usual request.</summary>
        [Task]
        public async Task Get()
        {
            await Client.GetAsync("/", name: "warm-up");
            if (++_requests >= Requests)
                ((LoopUser)Runtime).Leave();
        }

        /// <summary>One that is looked at.</summary>
        [Task]
        public async Task Look()
        {
            using var response = await Client.GetAsync("/?look", catchResponse: true);
            if (response.Text.Length == 2)
                response.Success();
            await SleepAsync(0.0005);
        }
    }
}
