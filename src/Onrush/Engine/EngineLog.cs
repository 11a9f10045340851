namespace Onrush.Engine;

/// <summary>Where the engine says what no statistic shows. The command puts its logger here.</summary>
internal static class EngineLog
{
    /// <summary>Takes warnings; set once before a run.</summary>
    public static Action<string> Warn { get; set; } = static _ => { };

    /// <summary>A posted callback threw; nobody awaits it, so this is the only trace.</summary>
    public static void CallbackFailed(Exception exception) =>
        Warn($"A callback failed outside of any task: {exception.GetType().Name}: {exception.Message}");

    /// <summary>User code held a loop.</summary>
    public static void LoopBlocked(int loop, double milliseconds, string where) =>
        Warn($"User code blocked loop {loop} for {milliseconds:0} ms in {where}: every user of that loop waited. Await it, or use RunBlockingAsync.");
}
