using System.Collections.Concurrent;

namespace Onrush.Outputs.Tests.Pipeline;

/// <summary>An output that does what a test says. Its records are requests, so that sums can be compared.</summary>
internal sealed class FakeSink(Func<OutputBatch, int, Delivery> answer) : IOutputSink
{
    private int _attempts;

    public string Name => "fake";

    public string Records => "requests";

    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(1);

    public bool IsIdempotent { get; init; } = true;

    /// <summary>Bytes of each batch.</summary>
    public int Bytes { get; init; } = 100;

    /// <summary>Completes when so many attempts were made.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;

    public ConcurrentQueue<long> Stored { get; } = [];

    public ConcurrentQueue<FoldedInterval> Intervals { get; } = [];

    public int Attempts => Volatile.Read(ref _attempts);

    public Task<string?> PrepareAsync(CancellationToken cancel) => Task.FromResult<string?>(null);

    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        Intervals.Enqueue(interval);
        var requests = interval.Totals.Series.Values.Sum(series => series.Succeeded + series.Failed);
        if (requests > 0)
            yield return new OutputBatch(new byte[Bytes], requests);
    }

    public async Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel)
    {
        await Before(cancel);
        var delivery = answer(batch, Interlocked.Increment(ref _attempts));
        if (delivery.Kind == DeliveryKind.Stored)
            Stored.Enqueue(batch.Records);
        if (delivery.Kind == DeliveryKind.PartlyStored)
            Stored.Enqueue(batch.Records - delivery.Lost);
        return delivery;
    }

    public IReadOnlyList<OutputBatch> Split(OutputBatch batch) => batch.Records < 2 ? []
        : [new(batch.Body[..(batch.Body.Length / 2)], batch.Records / 2), new(batch.Body[(batch.Body.Length / 2)..], batch.Records - batch.Records / 2)];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
