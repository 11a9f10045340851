using Onrush.Measurement;

namespace Onrush.Engine;

/// <summary>The loops of this process and what watches them.</summary>
internal sealed class LoadEngine : IDisposable
{
    private readonly EngineLoop[] _loops;
    private readonly Watchdog _watchdog;

    public LoadEngine(EngineOptions options, TimeProvider time)
    {
        Options = options;
        if (options.Portable)
            PortableLoop.UseInlineCompletions(options.Loops);
        _loops = new EngineLoop[options.Loops];
        for (var i = 0; i < _loops.Length; i++)
        {
            var recorder = new LoopRecorder(i, MonotonicClock.Now, time) { Requests = options.Requests?.Of(i) };
            _loops[i] = options.Portable ? new PortableLoop(i, options, recorder) : new EpollLoop(i, options, recorder);
        }

        foreach (var loop in _loops)
        {
            var canary = new Canary(loop);
            loop.Start();
            loop.Post(static state => ((Canary)state!).Start(), canary);
        }

        _watchdog = new Watchdog(_loops);
    }

    /// <summary>What the loops were built with.</summary>
    public EngineOptions Options { get; }

    /// <summary>The loops, by their index.</summary>
    public IReadOnlyList<EngineLoop> Loops => _loops;

    /// <summary>Stops the loops; sockets that are still open are reset.</summary>
    public void Dispose()
    {
        _watchdog.Dispose();
        foreach (var loop in _loops)
            loop.Dispose();
    }
}
