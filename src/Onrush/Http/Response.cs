using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Onrush.Http;
using Onrush.Measurement;

namespace Onrush;

/// <summary>
/// The answer to a request. Status, success, time and length can always be read. Headers and body are there when the call asked for them with
/// <c>keepBody</c> or <c>catchResponse</c>, until the response is disposed of.
/// With <c>catchResponse</c> the load test judges: <see cref="Success"/>, <see cref="Failure"/>, or by the status when neither was called
/// before the response is disposed of or the iteration ends.
/// </summary>
public readonly struct Response : IDisposable
{
    private readonly Exchange? _exchange;
    private readonly int _serial;
    private readonly short _status;
    private readonly Outcome _outcome;
    private readonly long _responseNs;
    private readonly long _contentLength;

    internal Response(Exchange exchange)
    {
        _exchange = exchange;
        _serial = exchange.Serial;
        _status = exchange.Sample.Status;
        _outcome = exchange.Sample.Outcome;
        _responseNs = exchange.Sample.ResponseNs;
        _contentLength = exchange.Sample.ContentLength;
    }

    /// <summary>HTTP status; 0 when there was no complete response.</summary>
    public int StatusCode => _status;

    /// <summary>True when a complete response with a status below 400 came.</summary>
    public bool IsSuccess => _outcome == Outcome.Success;

    /// <summary>Everything from the call, once the request is put together, to the last byte, in milliseconds.</summary>
    public double ResponseTime => _responseNs / 1e6;

    /// <summary>Length of the body as it was received, in bytes.</summary>
    public long ContentLength => _contentLength;

    /// <summary>What went wrong, null after a success. Must be read before the user's next request, unless the body is kept.</summary>
    public string? Error => _exchange is not null && _exchange.Serial == _serial ? _exchange.Message : IsSuccess ? null : _outcome.ToString();

    /// <summary>Where the time went.</summary>
    public Phases Phases
    {
        get
        {
            ref readonly var s = ref Live.Sample;
            return new Phases(s.BlockedNs / 1e6, s.DnsNs / 1e6, s.ConnectNs / 1e6, s.TlsNs / 1e6, s.SendNs / 1e6, s.WaitNs / 1e6, s.ReceiveNs / 1e6);
        }
    }

    /// <summary>Headers of the response.</summary>
    public ResponseHeaders Headers => Kept.ResponseHeaders;

    /// <summary>URL that answered in the end, after redirects.</summary>
    public string Url => Live.Url;

    /// <summary>Body, decompressed; valid until the response is disposed of.</summary>
    public ReadOnlyMemory<byte> Body => Kept.Body;

    /// <summary>Body as text, in the charset the response names, else UTF-8.</summary>
    public string Text => Kept.Text;

    /// <summary>Body read as JSON with the web defaults (camelCase, case-insensitive).</summary>
    /// <exception cref="JsonException">It is not JSON of that shape.</exception>
    public T? Json<T>() => JsonSerializer.Deserialize<T>(Body.Span, JsonSerializerOptions.Web);

    /// <summary>Body read as JSON by a source-generated description of the type.</summary>
    /// <exception cref="JsonException">It is not JSON of that shape.</exception>
    public T? Json<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body.Span, type);

    /// <summary>Counts the request as a success whatever its status.</summary>
    public void Success() => Judged.Judge(null);

    /// <summary>Counts the request as a failure with this text.</summary>
    public void Failure(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Judged.Judge(text);
    }

    /// <summary>Gives headers and body back and closes the judgement.</summary>
    public void Dispose()
    {
        // What was not kept serves again since the call returned: given back a second time it would serve two requests at once.
        if (_exchange is not null && _exchange.Serial == _serial && _exchange.IsKept)
            _exchange.Release(_serial);
    }

    private Exchange Live => _exchange is not null && _exchange.Serial == _serial
        ? _exchange
        : throw new InvalidOperationException("The response is gone: read what you need before the next request, or call with keepBody: true.");

    private Exchange Kept
    {
        get
        {
            if (_exchange is not null && _exchange.Serial == _serial && _exchange.IsKept)
                return _exchange;
            throw new InvalidOperationException("Headers and body were not kept: call with keepBody: true or catchResponse: true, and read before Dispose.");
        }
    }

    private Exchange Judged => _exchange is not null && _exchange.Serial == _serial && _exchange.CatchResponse
        ? _exchange
        : throw new InvalidOperationException("Success and Failure need catchResponse: true on the call, and a response that is not disposed of yet.");
}
