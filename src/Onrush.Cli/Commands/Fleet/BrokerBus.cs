using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cluster;

namespace Onrush.Cli.Commands;

/// <summary>A master's bus when --bus names a RabbitMQ: one cluster in it, led by one master at a time.</summary>
internal static class BrokerBus
{
    /// <summary>How long a master waits for its turn before it says that another one leads.</summary>
    private static readonly TimeSpan LeadPatience = TimeSpan.FromSeconds(10);

    /// <summary>Connects, and refuses what goes with workers that connect to the master only.</summary>
    /// <exception cref="OptionException">It cannot.</exception>
    public static async Task<RabbitMqCoordinatorBus> ConnectAsync(BrokerAddress address, OptionValues values, Log log)
    {
        RefuseOthers(values);
        try
        {
            return await RabbitMqCoordinatorBus.ConnectAsync(address, $"{Environment.MachineName}-{Guid.NewGuid():N}", log.Warning, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BusException e)
        {
            throw new OptionException($"--bus: {e.Message}");
        }
    }

    /// <summary>Leads.</summary>
    /// <exception cref="OptionException">Another master does.</exception>
    public static async Task LeadAsync(ClusterHead head, BrokerAddress address)
    {
        using CancellationTokenSource patience = new(LeadPatience);
        try
        {
            await head.LeadAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new OptionException(
                $"--bus: another master leads the cluster {address.Cluster} at {address}: end it, or name another cluster with ?cluster=NAME behind the address on all sides");
        }
    }

    /// <summary>Refuses options that mean something only between processes without a broker.</summary>
    /// <exception cref="OptionException">There is one.</exception>
    public static void RefuseOthers(OptionValues values)
    {
        if (values.Get(ClusterOptions.Token) is not null || values.Get(ClusterOptions.Tls))
            throw new OptionException("--bus: with a broker there is no --cluster-token and no --cluster-tls: the broker has users and passwords, and amqps:// is TLS");
    }
}
