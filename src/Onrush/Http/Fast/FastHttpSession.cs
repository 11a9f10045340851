using System.Threading.Tasks.Sources;
using Onrush.Engine;
using Onrush.Http.Wire;

namespace Onrush.Http.Fast;

/// <summary>The session of a <see cref="FastHttpUser"/>: own HTTP/1.1 over the loop's sockets. Belongs to the user's loop.</summary>
internal sealed class FastHttpSession(LoopUser user, HttpSettings settings, UrlResolver urls, Action<Exchange>? finished)
    : HttpSession(user, settings, urls, finished), IUserResource
{
    // A list of its own links: most users have one connection, and a list object for it would be 64 bytes of every user.
    private FastConnection? _first;

    /// <inheritdoc/>
    public IValueTaskSource? Pending => LastBegun;

    /// <inheritdoc/>
    public short PendingToken => LastBegun?.Token ?? 0;

    /// <inheritdoc/>
    public bool IsAwaitedBy(Task task) => LastBegun is { } exchange && exchange.IsAwaitedBy(task);

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
        // What ends goes on in the user's code, which may end the user and with it every other connection: those have no request then.
        for (var connection = _first; connection is not null; connection = connection.NextInSession)
            connection.OnCancelled();
    }

    /// <summary>The user is gone.</summary>
    public void Close()
    {
        OnKilled();
        CloseOpen();
        CloseConnections();
    }

    /// <summary>The connection will not carry another request.</summary>
    public void Remove(FastConnection connection)
    {
        // Its own link stays: who walks the list may stand on it.
        if (ReferenceEquals(_first, connection))
        {
            _first = connection.NextInSession;
            return;
        }

        for (var before = _first; before is not null; before = before.NextInSession)
        {
            if (!ReferenceEquals(before.NextInSession, connection))
                continue;
            before.NextInSession = connection.NextInSession;
            return;
        }
    }

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
        for (var connection = _first; connection is not null; connection = connection.NextInSession)
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
        Append(connection);
        connection.Open(exchange);
    }

    // At the end: the oldest idle connection is taken first.
    private void Append(FastConnection connection)
    {
        if (_first is not { } last)
        {
            _first = connection;
            return;
        }

        while (last.NextInSession is { } next)
            last = next;
        last.NextInSession = connection;
    }

    // A request that the iteration left running keeps its connection: closing it would leave nobody to end the request.
    private void CloseIdle()
    {
        for (var connection = _first; connection is not null; connection = connection.NextInSession)
        {
            if (!connection.IsIdle)
                continue;
            connection.Close();
            Remove(connection);
        }
    }

    private void CloseConnections()
    {
        for (var connection = _first; connection is not null; connection = connection.NextInSession)
            connection.Close();
        _first = null;
    }
}
