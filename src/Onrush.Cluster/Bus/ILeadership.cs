namespace Onrush.Cluster;

/// <summary>The bus's word that a candidate leads. Disposing of it steps down.</summary>
internal interface ILeadership : IAsyncDisposable
{
    /// <summary>Cancelled when it no longer leads, or cannot be sure to.</summary>
    CancellationToken Lost { get; }
}
