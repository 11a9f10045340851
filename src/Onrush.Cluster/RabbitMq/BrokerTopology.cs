using RabbitMQ.Client;

namespace Onrush.Cluster;

/// <summary>Declares what a cluster has in the broker, and takes it away. Only coordinators may do either.</summary>
internal static class BrokerTopology
{
    private const long SegmentBytes = 100_000_000;

    /// <summary>Bytes of the log that are kept at least; whole segments above it are forgotten.</summary>
    public const long JournalBytes = 20_000_000_000;

    private const long FileBytes = 1_000_000_000;

    /// <summary>Declares all of it; what is there already stays as it is.</summary>
    public static async Task DeclareAsync(IChannel channel, BrokerNames names, CancellationToken cancel)
    {
        await channel.QueueDeclareAsync(names.Journal, true, false, false, Stream(JournalBytes), cancellationToken: cancel).ConfigureAwait(false);
        await channel.QueueDeclareAsync(names.Files, true, false, false, Stream(FileBytes), cancellationToken: cancel).ConfigureAwait(false);

        // A quorum queue needs no other declaration on one node than on three.
        var lead = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-single-active-consumer"] = true,
            ["x-message-ttl"] = 1000,
            ["x-max-length"] = 50,
        };
        await channel.QueueDeclareAsync(names.Lead, true, false, false, lead, cancellationToken: cancel).ConfigureAwait(false);
        await channel.ExchangeDeclareAsync(names.In, ExchangeType.Direct, durable: true, cancellationToken: cancel).ConfigureAwait(false);
        await channel.ExchangeDeclareAsync(names.Out, ExchangeType.Direct, durable: true, cancellationToken: cancel).ConfigureAwait(false);
        await channel.QueueBindAsync(names.Journal, names.In, BrokerNames.Report, cancellationToken: cancel).ConfigureAwait(false);
        await channel.QueueBindAsync(names.Journal, names.Out, BrokerNames.Record, cancellationToken: cancel).ConfigureAwait(false);
        await channel.QueueBindAsync(names.Files, names.Out, names.Files, cancellationToken: cancel).ConfigureAwait(false);
        await channel.QueueBindAsync(names.Lead, names.Out, BrokerNames.Probe, cancellationToken: cancel).ConfigureAwait(false);

        // Last, as a worker that finds it takes the rest for granted.
        await channel.ExchangeDeclareAsync(names.Control, ExchangeType.Direct, durable: true, cancellationToken: cancel).ConfigureAwait(false);
    }

    /// <summary>Takes all of it away.</summary>
    public static async Task RemoveAsync(IChannel channel, BrokerNames names, CancellationToken cancel)
    {
        foreach (var exchange in new[] { names.Control, names.In, names.Out })
            await channel.ExchangeDeleteAsync(exchange, cancellationToken: cancel).ConfigureAwait(false);
        foreach (var queue in new[] { names.Lead, names.Files, names.Journal })
            await channel.QueueDeleteAsync(queue, false, false, cancellationToken: cancel).ConfigureAwait(false);
    }

    private static Dictionary<string, object?> Stream(long mostBytes) => new()
    {
        ["x-queue-type"] = "stream",
        ["x-max-length-bytes"] = mostBytes,
        ["x-stream-max-segment-size-bytes"] = SegmentBytes,
    };
}
