using System.Threading.Tasks.Sources;
using Onrush.Engine;
using Onrush.Http.Wire;

namespace Onrush.Http.Fast;

/// <summary>The session of a <see cref="FastHttpUser"/>: own HTTP/1.1 over the loop's sockets. Belongs to the user's loop.</summary>
internal sealed class FastHttpSession(LoopUser user, HttpSettings settings, UrlResolver urls, Action<Exchange>? finished)
    : HttpSession(user, settings, urls, finished), IUserResource
{
    private readonly List<FastConnection> _connections = new(1);

    /// <inheritdoc/>
    public IValueTaskSource? Pending => LastBegun;

    /// <inheritdoc/>
    public short PendingToken => LastBegun?.Token ?? 0;

    /// <inheritdoc/>
    public void OnIterationFinished()
    {
        CloseOpen();
        if (Settings.Connections == ConnectionReuse.PerIteration)
            CloseIdle();
    }

    /// <inheritdoc/>
    public void OnKilled()
    {
        // What ends goes on in the user's code, which may end the user and with it every other connection.
        for (var i = _connections.Count - 1; i >= 0; i = Math.Min(i, _connections.Count) - 1)
            _connections[i].OnCancelled();
    }

    /// <summary>The user is gone.</summary>
    public void Close()
    {
        OnKilled();
        CloseOpen();
        CloseConnections();
    }

    /// <summary>The connection will not carry another request.</summary>
    public void Remove(FastConnection connection) => _connections.Remove(connection);

    /// <summary>Sends the request once more on a new connection.</summary>
    public void Retry(Exchange exchange)
    {
        exchange.Retried = true;
        exchange.SentNs = exchange.FirstByteNs = 0;
        Open(exchange);
    }

    private protected override ValueTask<Response> SendOnLoopAsync(in HttpCall call)
    {
        var exchange = Begin(in call);
        FastRequest.Write(exchange, this, in call);
        Start(exchange);
        var result = exchange.AsValueTask();
        Dispatch(exchange);
        return result;
    }

    private protected override void Dispatch(Exchange exchange)
    {
        foreach (var connection in _connections)
        {
            if (connection.IsIdle && connection.Origin.Equals(exchange.Target.Origin))
            {
                connection.Transmit(exchange, reused: true);
                return;
            }
        }

        Open(exchange);
    }

    private void Open(Exchange exchange)
    {
        var connection = new FastConnection(this, exchange.Target.Origin);
        _connections.Add(connection);
        connection.Open(exchange);
    }

    // A request that the iteration left running keeps its connection: closing it would leave nobody to end the request.
    private void CloseIdle()
    {
        for (var i = _connections.Count - 1; i >= 0; i--)
        {
            if (!_connections[i].IsIdle)
                continue;
            _connections[i].Close();
            _connections.RemoveAt(i);
        }
    }

    private void CloseConnections()
    {
        for (var i = _connections.Count - 1; i >= 0; i--)
            _connections[i].Close();
        _connections.Clear();
    }
}
