namespace Onrush;

/// <summary>
/// Where the figures of a run go, written by yourself: a public class in the load test that implements this is an output, and <c>--out NAME</c> or
/// <c>--out NAME=ARGUMENT</c> sends to it. It needs a constructor without parameters, or one that takes the argument as a string. Its methods are called one
/// at a time, on threads that no user runs on, so a slow one never slows the load: what it is late with waits in a queue of 64 MiB, and what does not fit is
/// dropped and counted.
/// </summary>
public interface IOutput
{
    /// <summary>What it is and where it sends to, in a few words for the screen; no passwords.</summary>
    string Description { get; }

    /// <summary>Length of the intervals it gets; whole seconds make sense. One second unless it is overridden.</summary>
    TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <summary>Before the first user. What it throws ends the command before the run has begun.</summary>
    /// <param name="run">The run that begins.</param>
    /// <param name="cancel">Cancelled after three seconds.</param>
    Task StartAsync(OutputRun run, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Takes an interval. When an <see cref="HttpRequestException"/>, an <see cref="IOException"/>, a socket error or a cancellation comes out of it, it is called
    /// again later with the same interval; after any other exception the interval is dropped.
    /// </summary>
    /// <param name="interval">What was measured.</param>
    /// <param name="cancel">Cancelled when it takes longer than ten seconds (<c>&amp;timeout=</c>), or when nobody waits any more.</param>
    Task SendAsync(OutputInterval interval, CancellationToken cancel);

    /// <summary>After the last interval.</summary>
    Task StopAsync() => Task.CompletedTask;
}
