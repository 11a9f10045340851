namespace Onrush.Outputs.Pipeline;

/// <summary>
/// One type of output: how figures become bytes, and how bytes are sent. Everything else (folding, queue, retries, drain, ledger) is <see cref="OutputPipeline"/>.
/// <see cref="Encode"/> is called by one thread, <see cref="SendAsync"/> by one other at a time.
/// </summary>
internal interface IOutputSink : IAsyncDisposable
{
    /// <summary>Type and place in a few words, for messages; without secrets.</summary>
    string Name { get; }

    /// <summary>What its records are called: points, data, lines.</summary>
    string Records { get; }

    /// <summary>Length of the intervals it gets.</summary>
    TimeSpan Period { get; }

    /// <summary>True when a batch that is sent twice is stored once: then a lost answer is no doubt once it was sent again.</summary>
    bool IsIdempotent { get; }

    /// <summary>
    /// Before the run: makes ready what can be, such as a database. What is not there yet is no error; <see cref="SendAsync"/> copes with it later.
    /// </summary>
    /// <returns>Null, or a warning: what is not as it should be though the run may go on.</returns>
    /// <exception cref="OutputException">It will never work as it was asked for, such as with a wrong password.</exception>
    Task<string?> PrepareAsync(CancellationToken cancel);

    /// <summary>The batches of an interval, in the order in which they are to be sent. May keep some back until the next call or <see cref="EncodeEnd"/>.</summary>
    IEnumerable<OutputBatch> Encode(FoldedInterval interval);

    /// <summary>How it writes down single requests besides the intervals; null for nearly all, which do not.</summary>
    IRequestEncoder? Requests => null;

    /// <summary>What comes after the last interval.</summary>
    IEnumerable<OutputBatch> EncodeEnd() => [];

    /// <summary>
    /// Sends a batch. What the network throws may be thrown through: an <see cref="HttpRequestException"/>, an <see cref="IOException"/> or a socket error is
    /// tried again. Cancelled when it takes too long.
    /// </summary>
    Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel);

    /// <summary>After the last batch was sent or given up; cancelled when nobody waits any more.</summary>
    Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The parts of a batch that was too large; empty when it cannot be made smaller.</summary>
    IReadOnlyList<OutputBatch> Split(OutputBatch batch) => [];

    /// <summary>What is to be said when it is over, besides the ledger; one sentence each.</summary>
    IEnumerable<string> Remarks => [];
}
