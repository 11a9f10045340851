using System.Runtime.CompilerServices;
using Onrush.Engine;
using Onrush.Http.Wire;

namespace Onrush.Http;

/// <summary>
/// What the sessions of one loop share, so that a user who waits holds no buffers: exchanges with their request bytes, and readers of responses. Belongs to the loop.
/// </summary>
internal sealed class LoopHttp
{
    private const int MostKept = 1024;

    private static readonly ConditionalWeakTable<EngineLoop, LoopHttp> ByLoop = [];

    private readonly Stack<Exchange> _exchanges = new();
    private UrlResolver? _lastResolver;
    private string? _lastUrl;
    private Target _lastTarget;
    private readonly Stack<ResponseReader> _readers = new();
    private readonly KnownHeads _heads = new();

    /// <summary>The one of the loop.</summary>
    public static LoopHttp Of(EngineLoop loop) => ByLoop.GetValue(loop, static loop => new LoopHttp { Trace = loop.Options.TraceShare is > 0 and var share ? new TraceContext(share) : null });

    /// <summary>Gives requests a trace; null, as nearly always, when nobody asked.</summary>
    public TraceContext? Trace { get; private init; }

    /// <summary>Where a URL leads, when it is the very string that was resolved last with this resolver.</summary>
    public bool TryGetTarget(UrlResolver resolver, string url, out Target target)
    {
        target = _lastTarget;
        return ReferenceEquals(url, _lastUrl) && ReferenceEquals(resolver, _lastResolver);
    }

    /// <summary>Keeps what a URL was resolved to.</summary>
    public void Remember(UrlResolver resolver, string url, in Target target)
    {
        _lastResolver = resolver;
        _lastUrl = url;
        _lastTarget = target;
    }

    /// <summary>An exchange that nobody uses.</summary>
    public Exchange RentExchange() => _exchanges.TryPop(out var exchange) ? exchange : new Exchange();

    /// <summary>Takes an exchange back.</summary>
    public void Return(Exchange exchange)
    {
        if (_exchanges.Count < MostKept)
            _exchanges.Push(exchange);
    }

    /// <summary>A reader that nobody uses.</summary>
    public ResponseReader RentReader() => _readers.TryPop(out var reader) ? reader : new ResponseReader(_heads);

    /// <summary>Takes a reader back.</summary>
    public void Return(ResponseReader reader)
    {
        reader.Dispose();
        if (_readers.Count < MostKept)
            _readers.Push(reader);
    }
}
