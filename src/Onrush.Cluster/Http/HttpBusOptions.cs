using System.Net;

namespace Onrush.Cluster;

/// <summary>Where the master listens for workers, and who may come in.</summary>
/// <param name="Address">Address of this machine.</param>
/// <param name="Port">Port; 0 takes a free one.</param>
/// <param name="Token">The secret; null lets everybody in who can reach the address.</param>
/// <param name="Tls">Whether everything is encrypted, by keys that follow from the secret.</param>
internal sealed record HttpBusOptions(IPAddress Address, int Port, ClusterToken? Token, bool Tls)
{
    /// <summary>Port unless another is given, as in Locust.</summary>
    public const int DefaultPort = 5557;
}
