using System.Net.Security;
using System.Security.Cryptography;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Onrush.Cluster;

/// <summary>
/// Connections to a broker and what is open on them, up to the first thing that ends: then all of it is thrown away and made anew, by
/// <see cref="BrokerLoop{TSession}"/>. The client's own recovery stays off: it would read the log from its first offset again.
/// </summary>
internal sealed class BrokerSession(BrokerAddress address) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly List<IConnection> _connections = [];
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the reason when something of it has ended.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Ends it.</summary>
    public void End(string reason) => _ended.TrySetResult(reason);

    /// <summary>Makes a connection.</summary>
    /// <param name="name">What the broker shows of it.</param>
    /// <param name="heartbeat">After two or three of these without a sign the broker takes this end for dead.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IConnection> ConnectAsync(string name, TimeSpan heartbeat, CancellationToken cancel)
    {
        var factory = new ConnectionFactory
        {
            UserName = address.User,
            Password = address.Password,
            VirtualHost = address.VirtualHost,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = heartbeat,
            RequestedConnectionTimeout = ConnectTimeout,
            ContinuationTimeout = Patience,
            HandshakeContinuationTimeout = Patience,
            SocketReadTimeout = Patience,
            SocketWriteTimeout = Patience,
        };
        var endpoints = address.Hosts.Select(host => new AmqpTcpEndpoint(host.Name, host.Port, Tls(host.Name)));
        var connection = await factory.CreateConnectionAsync(endpoints, name, cancel).ConfigureAwait(false);
        _connections.Add(connection);
        connection.ConnectionShutdownAsync += Over;
        return connection;
    }

    /// <summary>Opens a channel.</summary>
    /// <param name="connection">On which connection.</param>
    /// <param name="confirms">Whether the broker confirms what is published.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IChannel> ChannelAsync(IConnection connection, bool confirms, CancellationToken cancel)
    {
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(confirms, publisherConfirmationTrackingEnabled: false), cancel).ConfigureAwait(false);
        channel.ChannelShutdownAsync += Over;
        return channel;
    }

    /// <summary>Hands over what comes to a queue, one at a time; contents are valid only within the call.</summary>
    public async Task<string> ConsumeAsync(
        IChannel channel, string queue, bool confirm, IDictionary<string, object?>? arguments, Func<BasicDeliverEventArgs, Task> onDelivery, CancellationToken cancel)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => onDelivery(delivery);
        consumer.UnregisteredAsync += (_, _) =>
        {
            End($"the broker does not deliver {queue} any more");
            return Task.CompletedTask;
        };
        return await channel.BasicConsumeAsync(queue, autoAck: !confirm, "", noLocal: false, exclusive: false, arguments, consumer, cancel).ConfigureAwait(false);
    }

    /// <summary>Drops the connections without waiting for a broker that may not answer.</summary>
    public async ValueTask DisposeAsync()
    {
        End("it was closed");
        foreach (var connection in _connections)
        {
            try
            {
                connection.ConnectionShutdownAsync -= Over;
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                await connection.CloseAsync(200, "closed", TimeSpan.FromSeconds(1), abort: true, limit.Token).ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Nothing that a dying connection throws matters any more.
            catch (Exception)
#pragma warning restore CA1031
            {
                // It is gone, which is all that was wanted.
            }
        }
    }

    private Task Over(object sender, ShutdownEventArgs reason)
    {
        End(BrokerFault.Describe(reason));
        return Task.CompletedTask;
    }

    private SslOption Tls(string host)
    {
        var option = new SslOption(host, enabled: address.UsesTls) { Version = System.Security.Authentication.SslProtocols.None };
        if (address.Fingerprint is { } wanted)
        {
            option.CertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.GetRawCertData()), Convert.FromHexString(wanted));
            option.AcceptablePolicyErrors = SslPolicyErrors.None;
        }

        return option;
    }
}
