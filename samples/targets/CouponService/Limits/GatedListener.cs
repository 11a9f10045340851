using System.Net;
using Microsoft.AspNetCore.Connections;

namespace CouponService.Limits;

/// <summary>
/// Takes no further connection from the accept queue while so many are open: they wait there, as with Tomcat's maxConnections. Kestrel's own
/// limit would accept and close them.
/// </summary>
internal sealed class GatedListenerFactory(IConnectionListenerFactory inner, int most) : IConnectionListenerFactory
{
    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new GatedListener(await inner.BindAsync(endpoint, cancellationToken), most);
}

/// <inheritdoc cref="GatedListenerFactory"/>
internal sealed class GatedListener(IConnectionListener inner, int most) : IConnectionListener
{
    private readonly SemaphoreSlim _free = new(most);
    private readonly CancellationTokenSource _closing = new();

    /// <inheritdoc/>
    public EndPoint EndPoint => inner.EndPoint;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _free.WaitAsync(_closing.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        var connection = await inner.AcceptAsync(cancellationToken);
        connection?.ConnectionClosed.Register(() => _free.Release());
        return connection;
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _closing.CancelAsync();
        await inner.UnbindAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        _closing.Dispose();
        _free.Dispose();
    }
}
