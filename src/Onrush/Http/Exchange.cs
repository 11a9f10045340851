using System.Text;
using System.Threading.Tasks.Sources;
using Onrush.Engine;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http;

/// <summary>
/// One request from the call to the judged response: what goes out, the clock readings, what came back, and the awaiting half. The
/// sessions of a loop use the same objects again and again, so a request allocates nothing. Belongs to the session's loop.
/// </summary>
internal sealed class Exchange : InFlightEntry, IValueTaskSource<Response>, IValueTaskSource
{
    private LoopCompletion _completion;
    private PooledBuffer? _head;
    private PooledBuffer? _body;
    private string? _text;
    private Target _target;
    private UrlResolver? _resolver;
    private string? _resolved;
    private PlainRequest _plain;

    /// <summary>Whose request it is; set while it is in use.</summary>
    public HttpSession Session { get; set; } = null!;

    /// <summary>What the recorder gets.</summary>
    public RequestSample Sample;

    /// <summary>The loop it belongs to.</summary>
    public EngineLoop Loop => Session.Loop;

    /// <summary>Changes whenever the object is used for another request; a <see cref="Response"/> of an earlier one finds out by it.</summary>
    public int Serial { get; private set; }

    /// <summary>The request as bytes.</summary>
    public RequestWriter Writer { get; } = new();

    /// <summary>Where the request goes.</summary>
    public ref readonly Target Target => ref _target;

    /// <summary>Verb in capitals.</summary>
    public string Method { get; set; } = "";

    /// <summary>Name in the statistics.</summary>
    public string Name { get; set; } = "";

    /// <summary>The load test judges the response.</summary>
    public bool CatchResponse { get; set; }

    /// <summary>Headers and body are kept until <see cref="Release"/>.</summary>
    public bool IsKept { get; set; }

    /// <summary>Redirects are followed.</summary>
    public bool FollowsRedirects { get; set; }

    /// <summary>Redirects followed so far.</summary>
    public int Hops { get; set; }

    /// <summary>Limit of the whole request in nanoseconds.</summary>
    public long TimeoutNs { get; set; }

    /// <summary>The request was sent once more because a kept connection turned out to be closed.</summary>
    public bool Retried { get; set; }

    /// <summary>A body that is read while it is sent; null for one that stands in the writer.</summary>
    public Upload? Upload { get; set; }

    /// <summary>Instant at which the running stage began: the hop, or the wait for the rest of a body.</summary>
    public long StageStartNs { get; set; }

    /// <summary>Instant at which the request was written.</summary>
    public long SentNs { get; set; }

    /// <summary>Arrival of the first byte.</summary>
    public long FirstByteNs { get; set; }

    /// <summary>Arrival of the last byte.</summary>
    public long LastByteNs { get; set; }

    /// <summary>Why it failed; null after a success.</summary>
    public string? Message { get; set; }

    /// <summary>Who carries it out now; a timeout and a kill turn to it.</summary>
    public IExchangeCarrier? Carrier { get; set; }

    /// <summary>Waits for its judgement in the session's list.</summary>
    public bool IsOpen { get; set; }


    /// <summary>URL that answered.</summary>
    public string Url => Target.ToString();

    /// <summary>Headers of the response, when kept.</summary>
    public ResponseHeaders ResponseHeaders => new(_head?.WrittenMemory ?? default);

    /// <summary>Body of the response, when kept.</summary>
    public ReadOnlyMemory<byte> Body => _body?.WrittenMemory ?? default;

    /// <summary>Body as text.</summary>
    public string Text => _text ??= Charset().GetString(Body.Span);

    /// <summary>Sends the request elsewhere.</summary>
    public void SetTarget(in Target target)
    {
        _target = target;
        _resolved = null;
    }

    /// <summary>Sends the request where that URL leads.</summary>
    public void SetTarget(in Target target, UrlResolver resolver, string url)
    {
        _target = target;
        _resolver = resolver;
        _resolved = url;
    }

    /// <summary>Whether it goes where that URL leads, from the last time it served: most users ask for the same few literals again and again.</summary>
    public bool LeadsTo(UrlResolver resolver, string url) => ReferenceEquals(url, _resolved) && ReferenceEquals(resolver, _resolver);

    /// <summary>Whether the writer still has the bytes of the same plain request: one without headers and body of its own, to where this one goes.</summary>
    public bool HoldsPlain(HttpSettings settings) => _resolved is not null && _plain.Equals(PlainNow(settings));

    /// <summary>What stands in the writer is a plain request.</summary>
    public void KeepPlain(HttpSettings settings) => _plain = PlainNow(settings);

    private PlainRequest PlainNow(HttpSettings settings) => new(Method, _resolved, _resolver, settings, Writer.Resets, Writer.Length);

    /// <summary>Begins a request: everything of the last one is forgotten.</summary>
    public void Begin()
    {
        Serial++;
        Sample = default;
        Hops = 0;
        Retried = false;
        SentNs = FirstByteNs = LastByteNs = 0;
        Message = null;
        Carrier = null;
        Upload = null;
        _text = null;
    }

    /// <summary>What the caller awaits.</summary>
    public ValueTask<Response> AsValueTask() => new(this, _completion.Begin());

    /// <summary>The token of <see cref="AsValueTask"/>.</summary>
    public short Token => _completion.Token;

    /// <summary>Whether it is that task that awaits it, at first hand.</summary>
    public bool IsAwaitedBy(Task task) => _completion.IsAwaitedBy(task);

    /// <summary>Goes on with whoever awaits.</summary>
    public void Complete() => _completion.Complete();

    /// <summary>The load test's own verdict: null for good, else the text of the failure.</summary>
    public void Judge(string? failure)
    {
        Sample.Outcome = failure is null ? Outcome.Success : Outcome.Check;
        Message = failure;
    }

    /// <summary>
    /// The response is disposed of: it is counted now when that waited for the judgement, and the object may serve again. From another thread it
    /// happens on the loop, unless the object serves another request by then.
    /// </summary>
    public void Release(int serial)
    {
        if (Loop.IsCurrent)
            Session.Release(this);
        else
            ReleaseLater(serial);
    }

    /// <summary>Old responses find out that they are gone.</summary>
    public void Retire()
    {
        Serial++;
        _head?.Release();
        _body?.Release();
        _body = null;
        _text = null;
    }

    /// <summary>Keeps head and body of a complete response, the body decompressed. Returns what was wrong with it, null when nothing was.</summary>
    public string? Keep(ResponseReader reader)
    {
        DropKept();
        (_head ??= new PooledBuffer()).Append(reader.Head(default));
        return KeepBody(reader.ContentEncoding, reader.DetachBody());
    }

    /// <summary>Keeps a head and a body that came another way than through a <see cref="ResponseReader"/>.</summary>
    public string? Keep(ReadOnlySpan<byte> head, ContentEncoding encoding, PooledBuffer body)
    {
        DropKept();
        (_head ??= new PooledBuffer()).Append(head);
        return KeepBody(encoding, body);
    }

    // What the hops of a redirect brought makes room for what the next one brings.
    private void DropKept()
    {
        _head?.Clear();
        _body?.Release();
        _body = null;
        _text = null;
    }

    private string? KeepBody(ContentEncoding encoding, PooledBuffer? body)
    {
        if (body is null || encoding is ContentEncoding.None or ContentEncoding.Other)
        {
            _body = body;
            return null;
        }

        _body = new PooledBuffer();
        var decoded = ContentDecoder.TryDecode(encoding, body.WrittenMemory, _body, ContentDecoder.DefaultLimit, out var error);
        body.Release();
        return decoded ? null : error;
    }

    /// <inheritdoc/>
    public Response GetResult(short token)
    {
        _completion.Check(token);
        if (Sample.Outcome == Outcome.Cancelled)
        {
            Session.Release(this);
            throw new UserKilledException();
        }

        var response = new Response(this);
        if (!IsKept)
            Session.Recycle(this);
        return response;
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        _completion.Check(token);
        return _completion.IsDone ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (Session.Loop.IsCurrent)
            _completion.OnCompleted(continuation, state);
        else
            RegisterLater(continuation, state);
    }

    /// <inheritdoc/>
    internal override void OnExpired() => Carrier?.OnRequestTimeout();

    // Apart from its only caller, which would else make the closure for every response.
    private void ReleaseLater(int serial) => Loop.Post(
        _ =>
        {
            if (Serial == serial)
                Session.Release(this);
        },
        null);

    // Apart from its only caller, which would else make the closure for every await.
    private void RegisterLater(Action<object?> continuation, object? state) =>
        Session.Loop.Post(_ => _completion.OnCompleted(continuation, state), null);

    private Encoding Charset()
    {
        var type = ResponseHeaders["Content-Type"];
        var at = type?.IndexOf("charset=", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
            return Encoding.UTF8;
        var name = type![(at + "charset=".Length)..].Split(';')[0].Trim(' ', '"');
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}

/// <summary>Who carries an exchange out at the moment.</summary>
internal interface IExchangeCarrier
{
    /// <summary>The request's time is over.</summary>
    void OnRequestTimeout();

    /// <summary>The user is cut.</summary>
    void OnCancelled();
}

/// <summary>By what the bytes of a request without headers and body of its own are known: the very objects that it is made of, and that nothing was written since.</summary>
internal readonly struct PlainRequest(string method, string? url, UrlResolver? resolver, HttpSettings settings, int resets, int length)
{
    private readonly string _method = method;
    private readonly string? _url = url;
    private readonly UrlResolver? _resolver = resolver;
    private readonly HttpSettings _settings = settings;
    private readonly int _resets = resets;
    private readonly int _length = length;

    /// <summary>Whether both are the same.</summary>
    public bool Equals(in PlainRequest other) =>
        _resets == other._resets && _length == other._length && ReferenceEquals(_url, other._url) && ReferenceEquals(_method, other._method)
        && ReferenceEquals(_resolver, other._resolver) && ReferenceEquals(_settings, other._settings);
}
