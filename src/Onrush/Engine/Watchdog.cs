namespace Onrush.Engine;

/// <summary>
/// Watches the loops from its own thread: a turn of more than 100 ms means that user code holds the loop and with it every user on it.
/// Says which class and task, once per task.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const long LimitNs = 100 * MonotonicClock.Millisecond;
    private const int PeriodMs = 25;

    private readonly IReadOnlyList<EngineLoop> _loops;
    private readonly HashSet<string> _named = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public Watchdog(IReadOnlyList<EngineLoop> loops)
    {
        _loops = loops;
        _thread = new Thread(Run) { IsBackground = true, Name = "onrush watchdog" };
        _thread.Start();
    }

    /// <summary>Stops to watch.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        var last = MonotonicClock.Now;
        while (!_stop.Wait(PeriodMs))
        {
            // When this thread itself gets no processor, a loop that stands still says nothing about user code.
            var starved = MonotonicClock.Now - last > LimitNs;
            last = MonotonicClock.Now;
            if (starved)
                continue;
            foreach (var loop in _loops)
            {
                var started = loop.TurnStartedNs;
                if (started == 0)
                    continue;
                var held = MonotonicClock.Now - started;
                if (held < LimitNs || loop.CurrentUser is not { } user)
                    continue;
                var where = Where(user);
                if (_named.Add(where))
                    EngineLog.LoopBlocked(loop.Index, held / (double)MonotonicClock.Millisecond, where);
            }
        }
    }

    private static string Where(UserRuntime runtime) => runtime is LoopUser user ? $"{user.UserClass}.{user.Task}" : "a task";
}
