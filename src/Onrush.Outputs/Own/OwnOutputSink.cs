using Onrush.Measurement;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Own;

/// <summary>An output that the load test itself brings.</summary>
internal sealed class OwnOutputSink : IOutputSink
{
    private readonly IOutput _output;
    private readonly OutputRun _run;

    /// <param name="options">What was asked for.</param>
    /// <param name="context">The run.</param>
    /// <param name="make">Makes the output from its argument.</param>
    /// <exception cref="OutputException">Its code threw.</exception>
    public OwnOutputSink(OutputOptions options, OutputContext context, Func<string?, IOutput> make)
    {
        _run = new OutputRun(context.RunId, context.LoadTest, context.Host);
        try
        {
            _output = make(options.Target.Length > 0 ? options.Target : null);
            Name = _output.Description;
            Period = _output.Period;
        }
        catch (Exception exception) when (exception is not OutputException)
        {
            throw options.Error($"its code threw {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
        }

        if (Period < TimeSpan.FromSeconds(1))
            throw options.Error("its Period is less than a second");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Records => "intervals";

    /// <inheritdoc/>
    public TimeSpan Period { get; }

    // Whether it minds being called twice with the same interval only its author knows.
    /// <inheritdoc/>
    public bool IsIdempotent => true;

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(CancellationToken cancel)
    {
        try
        {
            await _output.StartAsync(_run, cancel).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            throw new OutputException($"{Name}: StartAsync threw {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        var view = OwnIntervals.Of(interval);
        yield return new OutputBatch(ReadOnlyMemory<byte>.Empty, 1, view) { Weight = 300 + 500L * (view.Requests.Count + view.Metrics.Count) };
    }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel)
    {
        await _output.SendAsync((OutputInterval)batch.Extra!, cancel).ConfigureAwait(false);
        return Delivery.Stored;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancel) => await _output.StopAsync().ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_output is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        else if (_output is IDisposable other)
            other.Dispose();
    }
}
