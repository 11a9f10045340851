namespace Onrush.Runs.Journal;

/// <summary>Plays a journal as if the run went on now: the same pictures, at the same distances or N times as fast.</summary>
internal sealed class ReplayedRun : IRunControl, IReportSource
{
    private readonly JournalReader _reader;
    private readonly Queue<JournalEntry> _read = new();
    private readonly double _speed;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private RunSnapshot _snapshot = RunSnapshot.Empty;

    /// <param name="journal">The journal.</param>
    /// <param name="speed">How many times as fast; infinity waits for nothing.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <exception cref="JournalException">It is none, or a newer one.</exception>
    public ReplayedRun(Stream journal, double speed, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        (_reader, _speed, _time) = (new JournalReader(journal), speed, time);
        // The plan comes first, and a screen wants its heading before anything else.
        while (_read.Count == 0 && _reader.Next() is { } entry)
        {
            _read.Enqueue(entry);
            Plan = (entry as PlanEntry)?.Plan;
        }
    }

    /// <inheritdoc/>
    public event Action<RunSnapshot>? SecondFolded;

    /// <inheritdoc/>
    public event Action<Measurement.IntervalReport>? ReportFolded;

    /// <inheritdoc/>
    public RunSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>What the run was started with; null when the journal does not say it at its beginning.</summary>
    public RunPlan? Plan { get; }

    /// <summary>Everything that was played; to be looked at when the replay is over.</summary>
    public JournalFold Fold { get; } = new();

    /// <summary>Whether it was stopped before its end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What is wrong with the journal, as far as it was played.</summary>
    public IReadOnlyList<string> Problems => [.. _reader.Problems, .. Fold.Problems];

    /// <summary>Plays it to its end, or until it is stopped.</summary>
    public Task RunAsync() => Task.Run(PlayAsync);

    /// <summary>Does nothing: what has been cannot be changed.</summary>
    public void ChangeUsers(int users, double spawnRate)
    {
    }

    /// <summary>Does nothing: what has been cannot be changed.</summary>
    public void ChangeScenario(string scenario, ScenarioChange change)
    {
    }

    /// <inheritdoc/>
    public void Stop(string reason) => _stop.Cancel();

    /// <inheritdoc/>
    public void Abort(string reason) => _stop.Cancel();

    private async Task PlayAsync()
    {
        long? firstMs = null;
        var started = _time.GetTimestamp();
        while (Next() is { } entry)
        {
            Fold.Apply(entry);
            if (entry is ReportEntry { Report: var report })
                ReportFolded?.Invoke(report);
            if (entry is ChangeEntry)
                firstMs ??= entry.UnixMs;
            if (entry is not ShownEntry)
                continue;
            firstMs ??= entry.UnixMs;
            if (!await WaitAsync((entry.UnixMs - firstMs.Value) / 1000.0 / _speed, started).ConfigureAwait(false))
            {
                IsCut = true;
                return;
            }

            Publish();
        }

        // A run that was killed has things behind its last picture.
        if (Fold.PictureUnixMs != Snapshot.TakenAt.ToUnixTimeMilliseconds())
            Publish();
    }

    private JournalEntry? Next() => _read.TryDequeue(out var entry) ? entry : _reader.Next();

    private async Task<bool> WaitAsync(double dueSeconds, long started)
    {
        if (_stop.IsCancellationRequested)
            return false;
        var wait = TimeSpan.FromSeconds(Math.Clamp(dueSeconds, 0, int.MaxValue / 1000)) - _time.GetElapsedTime(started);
        if (wait <= TimeSpan.Zero)
            return true;
        try
        {
            await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Publish()
    {
        var snapshot = Fold.Snapshot();
        Volatile.Write(ref _snapshot, snapshot);
        SecondFolded?.Invoke(snapshot);
    }
}
