using System.Threading.Channels;

namespace Onrush.Outputs.Pipeline;

/// <summary>
/// One output of a run, from what is folded to what is delivered. Two tasks: one folds and encodes, one sends; between them the queue. Neither is ever waited
/// for by the run. What becomes of a batch:
/// <code>
/// attempt        idempotent output          other output
/// stored         delivered                  delivered, but uncertain once an answer was lost
/// partly stored  delivered, rest dropped    the same
/// refused        dropped                    dropped, but uncertain once an answer was lost
/// too large      split, or dropped          the same
/// failed         tried again                tried again
/// unanswered     tried again                tried again
/// given up       dropped, or uncertain when the last answer was lost
/// </code>
/// </summary>
internal sealed class OutputPipeline : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly IOutputSink _sink;
    private readonly PipelineSettings _settings;
    private readonly OutputFold _fold;
    private readonly OutputQueue _queue;
    private readonly OutputAccount _account;
    private readonly Backoff _backoff;
    private readonly Channel<RunStep> _steps = Channel.CreateUnbounded<RunStep>(new() { SingleReader = true });
    private readonly CancellationTokenSource _givenUp = new();
    private readonly Task _folding;
    private readonly Task _sending;
    private int _waitingSteps;
    private volatile bool _draining;

    /// <param name="sink">The type of output; disposed of with this.</param>
    /// <param name="settings">How to queue and send.</param>
    public OutputPipeline(IOutputSink sink, PipelineSettings settings)
    {
        (_sink, _settings) = (sink, settings);
        _fold = new OutputFold(sink.Period);
        _queue = new OutputQueue(settings.QueueBytes);
        _account = new OutputAccount(sink.Name, sink.Records, settings.Warn, settings.Time);
        _backoff = new Backoff(settings.Random);
        _folding = Task.Run(FoldAsync);
        _sending = Task.Run(SendAsync);
    }

    /// <summary>The account as of now.</summary>
    public OutputLedger Ledger => _account.Read(_queue.Bytes);

    /// <summary>True when more can be taken without dropping anything, or when it was given up.</summary>
    public bool HasRoom => _givenUp.IsCancellationRequested || (Volatile.Read(ref _waitingSteps) < 100 && _queue.HasRoom);

    /// <summary>Completes when everything was sent or given up; not before <see cref="End"/>.</summary>
    public Task Completed => Task.WhenAll(_folding, _sending);

    /// <summary>What is to be said at the end besides the ledger.</summary>
    public IEnumerable<string> Remarks => _sink.Remarks;

    /// <summary>Takes the next step of the run. Any thread, never waits.</summary>
    public void Add(RunStep step)
    {
        Interlocked.Increment(ref _waitingSteps);
        _steps.Writer.TryWrite(step);
    }

    /// <summary>Takes a batch that was made of single requests. Any thread, never waits.</summary>
    public void Add(OutputBatch batch)
    {
        _account.Produced(batch.Records);
        if (_queue.Add(batch) is > 0 and var dropped)
            _account.Dropped(dropped, "the queue was full");
    }

    /// <summary>Counts records that were never made. Any thread.</summary>
    public void Lost(long records, string why)
    {
        _account.Produced(records);
        _account.Lost(records, why);
    }

    /// <summary>A mistake in one output must not end the run, and it must not pass unseen either. Any thread.</summary>
    public void Broken(Exception exception, long records) => _account.Broken($"its figures could not be written down: {exception.Message}", records);

    /// <summary>Says that the run is over.</summary>
    public void End()
    {
        _draining = true;
        _steps.Writer.TryComplete();
    }

    /// <summary>Gives up what is not delivered.</summary>
    public void GiveUp() => _givenUp.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        End();
        GiveUp();
        await Completed.ConfigureAwait(false);
        await _sink.DisposeAsync().ConfigureAwait(false);
        _queue.Dispose();
        _givenUp.Dispose();
    }

    private async Task FoldAsync()
    {
        await foreach (var step in _steps.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Encode(_fold.Add(step.Reports, step.Picture));
            Interlocked.Decrement(ref _waitingSteps);
        }

        Encode(_fold.End());
        await EnqueueEndAsync().ConfigureAwait(false);
        _queue.Close();
    }

    private void Encode(IReadOnlyList<FoldedInterval> intervals)
    {
        foreach (var interval in intervals)
            Enqueue(() => _sink.Encode(interval));
    }

    private void Enqueue(Func<IEnumerable<OutputBatch>> encode)
    {
        try
        {
            foreach (var batch in encode())
                Add(batch);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Broken(exception, 1);
        }
    }

    // What comes at the end may be a whole run: it is made as fast as it is sent, since nobody waits for the figures of the next second any more.
    private async Task EnqueueEndAsync()
    {
        try
        {
            foreach (var batch in _sink.EncodeEnd())
            {
                if (_givenUp.IsCancellationRequested)
                    return;
                _account.Produced(batch.Records);
                while (!HasRoom)
                    await Task.Delay(Beat, _settings.Time).ConfigureAwait(false);
                if (_queue.Add(batch) is > 0 and var dropped)
                    _account.Dropped(dropped, "the queue was full");
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Broken(exception, 1);
        }
    }

    private async Task SendAsync()
    {
        while (await _queue.TakeAsync().ConfigureAwait(false) is { } batch)
            await DeliverAsync(batch).ConfigureAwait(false);
        try
        {
            await _sink.StopAsync(_givenUp.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _settings.Warn($"output {_sink.Name}: its end failed: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private async Task DeliverAsync(OutputBatch batch)
    {
        var isDoubtful = false;
        for (var failures = 0; ;)
        {
            if (_givenUp.IsCancellationRequested)
            {
                _account.GivenUp(batch.Records, isDoubtful);
                return;
            }

            var delivery = await AttemptAsync(batch).ConfigureAwait(false);
            _account.Attempted(failures > 0);
            isDoubtful = delivery.Kind == DeliveryKind.Unanswered || (isDoubtful && !_sink.IsIdempotent);
            switch (delivery.Kind)
            {
                case DeliveryKind.Stored:
                    _account.Stored(batch.Records, isDoubtful);
                    return;
                case DeliveryKind.PartlyStored:
                    _account.PartlyStored(batch.Records, delivery.Lost, delivery.Why);
                    return;
                case DeliveryKind.Refused:
                    _account.Refused(batch.Records, isDoubtful, delivery.Why);
                    return;
                case DeliveryKind.TooLarge:
                    if (_sink.Split(batch) is { Count: > 1 } parts)
                        _queue.PutBack(parts);
                    else
                        _account.Refused(batch.Records, isDoubtful, delivery.Why);
                    return;
            }

            failures++;
            if (_givenUp.IsCancellationRequested)
                continue;
            if (!delivery.AtOnce || failures > 1)
            {
                _account.Failing(delivery.Why);
                await WaitAsync(_backoff.Before(failures, delivery.After, _draining)).ConfigureAwait(false);
            }
        }
    }

    private async Task<Delivery> AttemptAsync(OutputBatch batch)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_givenUp.Token);
        // The time that an attempt may take, by the clock of this pipeline.
        await using var timer = _settings.Time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), limit, _settings.Timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        try
        {
            return await _sink.SendAsync(batch, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return FailureOf.Exception(exception, _settings.Timeout);
        }
    }

    private async Task WaitAsync(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, _settings.Time, _givenUp.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Given up: the loop sees it.
        }
    }
}
