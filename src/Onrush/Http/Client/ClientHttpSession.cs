using System.Threading.Tasks.Sources;
using System.Net.Http;
using Onrush.Engine;
using Onrush.Http.Fast;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http.Client;

/// <summary>
/// The session of an <see cref="HttpUser"/>: the runtime's <see cref="SocketsHttpHandler"/> over connections of the user's loop. Belongs to that
/// loop; what the client begins on other threads moves there.
/// </summary>
internal sealed class ClientHttpSession : HttpSession, IUserResource
{
    private readonly List<ClientCall> _calls = new(1);
    private readonly List<ClientLink> _links = new(1);
    private HttpMessageInvoker? _invoker;
    private ClientCall? _spareCall;
    private bool _closed;

    public ClientHttpSession(LoopUser user, HttpSettings settings, ClientOptions options, UrlResolver urls, Action<Exchange>? finished)
        : base(user, settings, urls, finished)
    {
        Options = options;
        Shared = options.ForLoop(user.Loop.Index);
    }

    /// <summary>What the class asks of the client.</summary>
    public ClientOptions Options { get; }

    /// <summary>What the class's users on this loop share.</summary>
    public ClientLoop Shared { get; }

    /// <summary>The client, made when it is first needed: a user that waits costs little.</summary>
    public HttpMessageInvoker Invoker => _invoker ??= Options.CreateInvoker(this);

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
            CloseConnections();
    }

    /// <inheritdoc/>
    public void OnKilled()
    {
        for (var i = _calls.Count - 1; i >= 0; i--)
            _calls[i].OnCancelled();
    }

    /// <inheritdoc/>
    public void Close()
    {
        _closed = true;
        OnKilled();
        CloseOpen();
        CloseConnections();
    }

    /// <summary>Connects for the client.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        await new QuietSwitch(Loop);

        // To make a tunnel through a proxy the client sends a message of its own; whoever waits is meant.
        var message = context.InitialRequestMessage as ClientMessage ?? FindUnwritten();
        if (_closed || message is null)
            throw new ClientFailure(Outcome.Cancelled, "the user is gone");
        if (message.Refusal() is { } refusal)
            throw refusal;
        var endPoint = context.DnsEndPoint;
        var host = Options.UsesProxy ? endPoint.Host : message.Origin.Host;
        var link = new ClientLink(this, host, endPoint.Port, message.Origin.IsHttps);
        _links.Add(link);
        message.Opened = link;
        return await link.OpenAsync().ConfigureAwait(false);
    }

    /// <summary>The client is about to speak HTTP on a connection.</summary>
    public async ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        await new QuietSwitch(Loop);
        if (context.InitialRequestMessage is not ClientMessage message)
            return context.PlaintextStream;
        var link = (context.PlaintextStream as LinkStream)?.Link
            ?? (message.Opened is { IsEstablished: false } opened ? opened : _links.FindLast(static link => !link.IsEstablished));
        return link?.OnEstablished(context.PlaintextStream, context.NegotiatedHttpVersion.Major >= 2) ?? context.PlaintextStream;
    }

    /// <summary>The message that no connection carries yet, the oldest if there are several.</summary>
    public ClientMessage? FindUnwritten() => _calls.Find(static call => call.Message.Link is null)?.Message;

    /// <summary>The message whose head is written, but not yet to any connection: most likely the one that the connection was opened for.</summary>
    public ClientMessage? FindWritten(ClientLink link) =>
        (_calls.Find(call => call.Message.Link is null && ReferenceEquals(call.Message.Opened, link))
            ?? _calls.Find(static call => call.Message is { Link: null, WrittenNs: not 0 }))?.Message;

    /// <summary>The connection that carries several requests to the host.</summary>
    public ClientLink? FindMultiplexed(Origin origin) => Options.UsesProxy
        ? _links.FindLast(static link => link.IsMultiplexed)
        : _links.FindLast(link => link.IsMultiplexed && link.Host == origin.Host);

    /// <summary>Whether nobody but the call uses what the client has under way.</summary>
    public bool IsAlone(ClientCall call) => _calls.Count == 0 || _calls.Count == 1 && ReferenceEquals(_calls[0], call);

    /// <summary>The connection is closed.</summary>
    public void Remove(ClientLink link) => _links.Remove(link);

    /// <summary>The call is over.</summary>
    /// <param name="call">The call.</param>
    /// <param name="reusable">Nothing of it lives on in the client.</param>
    public void Remove(ClientCall call, bool reusable)
    {
        _calls.Remove(call);
        if (reusable)
            _spareCall = call;

        // HTTP/1.1 says so itself by Connection: close.
        if (Settings.Connections == ConnectionReuse.PerRequest && Options.Version.Major > 1 && _calls.Count == 0)
            CloseConnections();
    }

    /// <summary>Sends the request once more: the target had closed the connection before it came.</summary>
    public void Retry(Exchange exchange)
    {
        exchange.Retried = true;
        exchange.Upload?.RestoreHead();
        exchange.Upload?.Rewind();
        Dispatch(exchange);
    }

    private protected override ValueTask<Response> SendOnLoopAsync(in HttpCall call)
    {
        var exchange = Begin(in call);
        FastRequest.Write(exchange, this, in call);
        ClientMessage message;
        try
        {
            message = ClientMessage.Create(this, exchange);
        }
        catch (UriFormatException exception)
        {
            throw new ArgumentException($"{exception.Message} ({exchange.Url})", exception);
        }

        Start(exchange);
        var result = exchange.AsValueTask();
        Carry(exchange, message);
        return result;
    }

    private protected override void Dispatch(Exchange exchange)
    {
        ClientMessage message;
        try
        {
            message = ClientMessage.Create(this, exchange);
        }
        catch (UriFormatException exception)
        {
            OnFailed(exchange, Outcome.Protocol, $"redirect to an impossible location: {exception.Message}");
            return;
        }

        Carry(exchange, message);
    }

    private void Carry(Exchange exchange, ClientMessage message)
    {
        var call = _spareCall ?? new ClientCall(this);
        _spareCall = null;
        _calls.Add(call);
        call.Start(exchange, message);
    }

    private void CloseConnections()
    {
        var invoker = _invoker;
        _invoker = null;
        using var quiet = new ContextScope(null);
        invoker?.Dispose();

        // Those that are still being opened are not the client's yet.
        for (var i = _links.Count - 1; i >= 0; i--)
            _links[i].CloseFromAnywhere();
    }
}
