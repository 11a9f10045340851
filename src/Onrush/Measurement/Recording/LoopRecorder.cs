using System.Runtime.CompilerServices;

namespace Onrush.Measurement;

/// <summary>
/// Measures what one engine loop does. Hot: every member but <see cref="Return"/> is called on the loop's thread only; no locks, no
/// allocation per request once every series was seen by both halves of the buffer.
/// </summary>
internal sealed partial class LoopRecorder
{
    private readonly SeriesNames _names;
    private readonly TimeProvider _time;
    private LoopInterval _active;
    private LoopInterval? _spare;
    private LoopInterval? _lent;

    /// <param name="loop">Number of the loop, unique in the process.</param>
    /// <param name="nowNs">The time now in nanoseconds of the monotonic clock: where the first interval begins.</param>
    /// <param name="time">Source of the wall clock.</param>
    /// <param name="limits">How much is told apart.</param>
    public LoopRecorder(int loop, long nowNs, TimeProvider time, RecorderLimits? limits = null)
    {
        limits ??= new RecorderLimits();
        _tags = new TagTable(limits.Tags);
        _names = new SeriesNames(_tags, limits.Names, limits.Tags);
        _metrics = new MetricNames(_tags, _names, limits.Tags);
        _time = time;
        _active = new LoopInterval(loop, _names, _metrics, limits);
        _spare = new LoopInterval(loop, _names, _metrics, limits);
        _active.Open(nowNs, UnixMs);
    }

    private long UnixMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The index of a scenario, for <see cref="Series"/> and <see cref="Iteration"/>; the same name gives the same index.</summary>
    public int Scenario(string name) => _names.Scenario(name);

    /// <summary>The index of a series. Past the limit on names it is that of <c>(other)</c> of the same scenario and method.</summary>
    public int Series(int scenario, string method, string name, int tags = TagTable.None) => _names.Series(scenario, method, name, tags);

    /// <summary>Counts a request that begins. Exactly one <see cref="Finished"/> with the same series follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Started(int series) => _active.Touch(series).Started++;

    /// <summary>Counts a request that ended, including what the generator added to it (<see cref="RequestSample.GeneratorNs"/>).</summary>
    public void Finished(in RequestSample sample)
    {
        var interval = _active;
        interval.Touch(sample.Series).Finished(sample);
        if (sample.GeneratorNs > 0)
            interval.GeneratorAdded.Add(sample.GeneratorNs);
        if (sample.TraceLow != 0 && sample.Outcome != Outcome.Cancelled)
            interval.Traces.Add(sample);
        if (Requests is { } ring)
            Log(ring, sample);
    }

    /// <summary>Adds the text to a failure that <see cref="Finished"/> counts.</summary>
    /// <param name="series">Index of the series.</param>
    /// <param name="outcome">Stage at which it failed.</param>
    /// <param name="message">What went wrong; cut at 1,000 characters.</param>
    public void Failure(int series, Outcome outcome, string message)
    {
        _active.Touch(series);
        _active.Errors.Add(series, outcome, message, UnixMs);
        Requests?.Explain(message);
    }

    /// <summary>Counts a finished iteration.</summary>
    /// <param name="scenario">Index of the scenario.</param>
    /// <param name="durationNs">How long it took, in nanoseconds.</param>
    /// <param name="latenessNs">How late it started, in nanoseconds; below zero when it was not scheduled.</param>
    /// <param name="failed">Whether an exception ended it.</param>
    public void Iteration(int scenario, long durationNs, long latenessNs, bool failed)
    {
        var counters = _active.Scenario(scenario);
        counters.Duration.Add(durationNs);
        if (latenessNs >= 0)
        {
            counters.Lateness.Add(latenessNs);
            counters.FromDue.Add(durationNs + latenessNs);
        }

        if (failed)
            counters.Failed++;
    }

    /// <summary>Counts an iteration that fell due on a schedule.</summary>
    public void IterationOffered(int scenario) => _active.Scenario(scenario).Offered++;

    /// <summary>Counts iterations that were due and will never be started.</summary>
    public void IterationsDropped(int scenario, long count) => _active.Scenario(scenario).Dropped += count;

    /// <summary>Counts an iteration that was cut by the stop of its user.</summary>
    public void IterationInterrupted(int scenario) => _active.Scenario(scenario).Interrupted++;

    /// <summary>Counts an unhandled exception of user code.</summary>
    public void UserError(string userClass, string task, Exception exception) =>
        _active.Exceptions.Add(userClass, task, exception, UnixMs);

    /// <summary>Counts a user that ended itself for a reason.</summary>
    public void UserStopped(int scenario, string userClass, string reason) => _active.Stops.Add(_names.ScenarioName(scenario), userClass, reason, UnixMs);

    /// <summary>Counts a user whose OnStartAsync returned (true) or threw (false).</summary>
    public void UserStarted(bool succeeded)
    {
        if (succeeded)
            _active.UsersStarted++;
        else
            _active.UsersFailedOnStart++;
    }

    /// <summary>Counts what the generator added to a response that does not pass through <see cref="Finished"/>, in nanoseconds.</summary>
    public void GeneratorAdded(long ns) => _active.GeneratorAdded.Add(ns);

    /// <summary>Counts one turn of the loop: the time from one return of the wait to the next call of it, in nanoseconds.</summary>
    public void Turn(long workNs)
    {
        var interval = _active;
        interval.Lag.Add(workNs);
        interval.BusyNs += workNs;
    }

    /// <summary>Counts how late the canary timer fired, in nanoseconds.</summary>
    public void Canary(long lateNs) => _active.Canary.Add(lateNs);

    /// <summary>
    /// Ends the interval: returns the filled half, to be read on any thread and then given to <see cref="Return"/>, and goes on with the
    /// other half. Null while the reader still has the other half: then the interval simply goes on, and nothing is lost.
    /// </summary>
    /// <param name="nowNs">The time now in nanoseconds of the monotonic clock.</param>
    /// <param name="inFlight">
    /// Requests in flight on this loop, counted by the engine itself: everything between <see cref="Started"/> and <see cref="Finished"/>,
    /// measured operations of other protocols included. The check of conservation compares it with the counts of the series.
    /// </param>
    /// <param name="oldestStartNs">Start of the oldest of them, in nanoseconds of the monotonic clock; -1 when there is none.</param>
    public LoopInterval? Swap(long nowNs, int inFlight, long oldestStartNs)
    {
        Requests?.Publish();
        if (Interlocked.Exchange(ref _spare, null) is not { } next)
            return null;
        var filled = _active;
        filled.Close(nowNs, inFlight, oldestStartNs, _names.TakeDropped());
        next.Open(nowNs, UnixMs);
        _active = next;
        _lent = filled;
        return filled;
    }

    /// <summary>Gives a half back after reading it; clears it on the calling thread. Any thread.</summary>
    /// <exception cref="InvalidOperationException">It is not the half that was handed out last.</exception>
    public void Return(LoopInterval interval)
    {
        if (Interlocked.CompareExchange(ref _lent, null, interval) != interval)
            throw new InvalidOperationException("An interval is given back once, to the recorder it came from.");
        interval.Clear();
        Volatile.Write(ref _spare, interval);
    }
}
