using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Onrush.Cluster;

/// <summary>
/// Contents that workers fetch by hash, in pieces of one stream. A piece names the contents, its number and the number of pieces; who looks for contents reads from
/// the first on. Contents may be there several times, by several leaders, and pieces may come twice.
/// </summary>
internal static class BrokerFiles
{
    /// <summary>Bytes of a piece; brokers refuse messages above 16 MB.</summary>
    private const int PieceBytes = 1 << 20;

    /// <summary>How long nothing new comes before what is looked for is taken not to be there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Stores contents.</summary>
    public static async Task StoreAsync(ConfirmedChannel channel, BrokerNames names, SharedContents contents, CancellationToken cancel)
    {
        var count = Math.Max(1, (contents.Bytes.Length + PieceBytes - 1) / PieceBytes);
        for (var i = 0; i < count; i++)
        {
            var piece = contents.Bytes.Slice(i * PieceBytes, Math.Min(PieceBytes, contents.Bytes.Length - (i * PieceBytes)));
            await channel.PublishAsync(names.Out, names.Files, piece, cancel, type: string.Create(CultureInfo.InvariantCulture, $"{contents.Hash}/{i}/{count}"))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Fetches contents.</summary>
    /// <exception cref="BusException">They are not there, or are not what the hash says.</exception>
    public static async Task<SharedContents> FetchAsync(
        BrokerSession session, IConnection connection, BrokerNames names, string hash, TimeProvider time, CancellationToken cancel)
    {
        var collected = new Pieces(hash);
        var channel = await session.ChannelAsync(connection, confirms: false, cancel).ConfigureAwait(false);
        await channel.BasicQosAsync(0, 20, global: false, cancel).ConfigureAwait(false);
        var tag = await session.ConsumeAsync(channel, names.Files, confirm: true, new Dictionary<string, object?> { ["x-stream-offset"] = "first" }, async delivery =>
        {
            collected.Take(delivery);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancel).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);

        while (!collected.Done.IsCompleted)
        {
            var before = collected.Heard;
            await Task.WhenAny(collected.Done, session.Ended, Task.Delay(Patience, time, cancel)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            if (collected.Done.IsCompleted)
                break;
            if (session.Ended.IsCompleted)
                throw new BusException(await session.Ended.ConfigureAwait(false));
            if (collected.Heard == before)
                throw new BusException($"nobody offers {hash[..Math.Min(12, hash.Length)]}");
        }

        await channel.BasicCancelAsync(tag, noWait: true, cancel).ConfigureAwait(false);
        return SharedContents.Verified(hash, await collected.Done.ConfigureAwait(false));
    }

    /// <summary>What has come of some contents.</summary>
    private sealed class Pieces(string hash)
    {
        private readonly TaskCompletionSource<byte[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private byte[]?[] _pieces = [];
        private long _heard;

        public Task<byte[]> Done => _done.Task;

        public long Heard => Interlocked.Read(ref _heard);

        public void Take(BasicDeliverEventArgs delivery)
        {
            Interlocked.Increment(ref _heard);
            const int most = SharedContents.MostBytes / PieceBytes;
            if (_done.Task.IsCompleted || delivery.BasicProperties.Type?.Split('/') is not [var name, var index, var count] || name != hash
                || !int.TryParse(index, CultureInfo.InvariantCulture, out var i) || !int.TryParse(count, CultureInfo.InvariantCulture, out var n)
                || n is < 1 or > most || i < 0 || i >= n || delivery.Body.Length > PieceBytes)
                return;
            if (_pieces.Length != n)
                _pieces = new byte[]?[n];
            _pieces[i] = delivery.Body.ToArray();
            if (_pieces.All(piece => piece is not null))
                _done.TrySetResult([.. _pieces.SelectMany(piece => piece!)]);
        }
    }
}
