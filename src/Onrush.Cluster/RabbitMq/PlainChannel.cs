using RabbitMQ.Client;

namespace Onrush.Cluster;

/// <summary>Publishes what may be lost: one message at a time, without a word when the connection is gone, as the session tells that.</summary>
internal sealed class PlainChannel(IChannel channel)
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Publishes.</summary>
    public async Task SendAsync(
        string exchange, string key, ReadOnlyMemory<byte> body, CancellationToken cancel, string? correlation = null, string? type = null, bool mandatory = false)
    {
        try
        {
            await _turn.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                var properties = new BasicProperties { DeliveryMode = DeliveryModes.Transient, CorrelationId = correlation, Type = type };
                await channel.BasicPublishAsync(exchange, key, mandatory, properties, body, cancel).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
#pragma warning disable CA1031 // The end of a channel shows elsewhere, and whoever sends here has nobody to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Lost, as it may be.
        }
    }
}

/// <summary>What kinds of messages go to a worker's inbox.</summary>
internal static class Letters
{
    /// <summary>A message of the coordinator.</summary>
    public const string Message = "message";

    /// <summary>The coordinator's clock.</summary>
    public const string Time = "time";

    /// <summary>Nothing: whether the inbox is there is what is asked.</summary>
    public const string Knock = "knock";
}
