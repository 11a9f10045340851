using System.Text;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Files;

/// <summary>An output into a file of lines.</summary>
internal abstract class LineFileSink(string name, LineFile file, TimeSpan period) : IOutputSink
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Records => "lines";

    /// <inheritdoc/>
    public TimeSpan Period => period;

    /// <inheritdoc/>
    public bool IsIdempotent => true;

    /// <summary>The heading of the file.</summary>
    protected virtual string Head => "";

    /// <inheritdoc/>
    public Task<string?> PrepareAsync(CancellationToken cancel)
    {
        file.Begin(Encoding.UTF8.GetBytes(Head));
        return Task.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        _text.Clear();
        var lines = Write(interval, _text);
        if (lines > 0)
            yield return new OutputBatch(Encoding.UTF8.GetBytes(_text.ToString()), lines);
    }

    /// <inheritdoc/>
    public Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel)
    {
        file.Append(batch.Body.Span);
        return Task.FromResult(Delivery.Stored);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Appends the lines of an interval; returns their number.</summary>
    protected abstract long Write(FoldedInterval interval, StringBuilder text);

    /// <summary>The option for the length of intervals.</summary>
    protected static TimeSpan FilePeriod(OutputOptions options) =>
        options.Length("period", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
}
