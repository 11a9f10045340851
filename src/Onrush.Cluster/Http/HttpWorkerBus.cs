using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Security;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>
/// A worker's end of the bus over HTTP. It dials out and keeps at it, with pauses that grow and differ from worker to worker. One request is held by the master
/// for its messages, one at a time brings records, and a thread of its own sends a beat each second.
/// </summary>
internal sealed class HttpWorkerBus : IWorkerBus
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AppendPatience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan FetchPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client;
    private readonly HttpClient _beats;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closed = new();
    private readonly Duties<Action<IWorkerBusHandler>> _calls;
    private readonly TaskCompletionSource<string> _rejected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IWorkerBusHandler? _handler;
    private Task _listening = Task.CompletedTask;
    private bool _connected;

    /// <param name="worker">Name of the worker.</param>
    /// <param name="master">Where the master is.</param>
    /// <param name="port">Its port.</param>
    /// <param name="token">The secret; null where none is needed.</param>
    /// <param name="tls">Whether everything is encrypted, by keys that follow from the secret.</param>
    /// <param name="time">Clock of the pauses.</param>
    public HttpWorkerBus(string worker, string master, int port, ClusterToken? token, bool tls, TimeProvider time)
    {
        (Worker, _time) = (worker, time);
        _calls = new Duties<Action<IWorkerBusHandler>>(call => call(_handler!));
        var address = new UriBuilder(tls ? "https" : "http", master, port).Uri;
        _client = Client(address, worker, token, tls, time);
        _beats = Client(address, worker, token, tls, time);
    }

    /// <inheritdoc/>
    public string Worker { get; }

    /// <inheritdoc/>
    public bool IsConnected => Volatile.Read(ref _connected);

    /// <summary>Completes with the reason when the master does not know the token: trying again would not help.</summary>
    public Task<string> Rejected => _rejected.Task;

    /// <inheritdoc/>
    public void Start(IWorkerBusHandler handler)
    {
        _handler = handler;
        _listening = Task.Run(ListenAsync);
        new Thread(Beat) { IsBackground = true, Name = "onrush beat" }.Start();
    }

    /// <inheritdoc/>
    public async Task AppendAsync(ClusterRecord record, CancellationToken cancel)
    {
        if (!IsConnected)
            throw new BusException("there is no connection to the master");
        using var _ = await SendAsync(HttpMethod.Post, HttpBusPaths.Append, new ByteArrayContent(RecordWire.Write(record)), AppendPatience, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<long> AskTimeAsync(CancellationToken cancel)
    {
        using var response = await SendAsync(HttpMethod.Get, HttpBusPaths.Time, null, Patience, cancel).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time : throw new BusException("the master's clock makes no sense");
    }

    /// <inheritdoc/>
    public async Task<SharedContents> FetchAsync(string hash, CancellationToken cancel)
    {
        using var response = await SendAsync(HttpMethod.Get, HttpBusPaths.Contents + hash, null, FetchPatience, cancel).ConfigureAwait(false);
        if (response.Content.Headers.ContentLength is null or > SharedContents.MostBytes)
            throw new BusException($"the master offers more than {SharedContents.MostBytes >> 20} MB");
        try
        {
            return SharedContents.Verified(hash, await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new BusException($"the load test did not arrive: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closed.IsCancellationRequested)
            return;
        await _closed.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _client.Dispose();
        _beats.Dispose();
    }

    private static HttpClient Client(Uri address, string worker, ClusterToken? token, bool tls, TimeProvider time)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = Patience,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        if (tls && token is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [token.Certificate(time.GetUtcNow())],
                RemoteCertificateValidationCallback = token.Fits,
            };
        }

        // Each request has a deadline of its own.
        var client = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add(HttpBusPaths.Worker, worker);
        if (token is not null)
            client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token.Text}");
        return client;
    }

    private async Task ListenAsync()
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!_closed.IsCancellationRequested)
        {
            string reason;
            try
            {
                var life = await JoinAsync().ConfigureAwait(false);
                Volatile.Write(ref _connected, true);
                pause = TimeSpan.FromMilliseconds(100);
                _calls.Post(static handler => handler.OnConnected());
                for (long last = 0; ;)
                    last = await TakeMessagesAsync(life, last).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_closed.IsCancellationRequested)
            {
                return;
            }
            catch (BusException e)
            {
                reason = e.Message;
            }

            if (Volatile.Read(ref _connected))
            {
                Volatile.Write(ref _connected, false);
                _calls.Post(handler => handler.OnDisconnected(reason));
            }

            try
            {
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), _time, _closed.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private async Task<string> JoinAsync()
    {
        using var response = await SendAsync(HttpMethod.Post, HttpBusPaths.Join, new ByteArrayContent([]), Patience, _closed.Token).ConfigureAwait(false);
        return Life(response);
    }

    private async Task<long> TakeMessagesAsync(string life, long last)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, last);
        using var response = await SendAsync(HttpMethod.Post, HttpBusPaths.Listen, new ByteArrayContent(number), Patience, _closed.Token).ConfigureAwait(false);
        if (Life(response) != life)
            throw new BusException("the master was started anew");
        ReadOnlyMemory<byte> rest = await BytesAsync(response).ConfigureAwait(false);
        const int Head = sizeof(long) + sizeof(int);
        while (rest.Length >= Head)
        {
            last = BinaryPrimitives.ReadInt64LittleEndian(rest.Span);
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span[sizeof(long)..]);
            if (length < 0 || length > rest.Length - Head)
                throw new BusException("the master's messages make no sense");
            try
            {
                var message = MessageWire.Read(rest.Span.Slice(Head, length));
                _calls.Post(handler => handler.OnMessage(message));
            }
            catch (DamagedDataException e)
            {
                throw new BusException($"a message of the master makes no sense: {e.Message}", e);
            }

            rest = rest[(Head + length)..];
        }

        return last;
    }

    private async Task<byte[]> BytesAsync(HttpResponseMessage response)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(_closed.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new BusException(Text(e), e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, TimeSpan patience, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closed.Token);
        deadline.CancelAfter(patience);
        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return response;
            response.Dispose();
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                _rejected.TrySetResult("the master has another cluster token, or wants one: give the same --cluster-token to both");
            throw new BusException($"the master answered {(int)response.StatusCode}");
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested && !_closed.IsCancellationRequested)
        {
            throw new BusException("the master did not answer in time", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
        {
            throw new BusException(Text(e), e);
        }
    }

    // Synchronous, so that no shortage of threads elsewhere in the process makes a living worker look dead.
    private void Beat()
    {
        while (!_closed.Token.WaitHandle.WaitOne(BeatEvery))
        {
            if (!IsConnected)
                continue;
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
                deadline.CancelAfter(Patience);
                using var request = new HttpRequestMessage(HttpMethod.Post, HttpBusPaths.Beat) { Content = new ByteArrayContent([]) };
                using var response = _beats.Send(request, deadline.Token);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Who listens notices, too, and connects again.
            }
        }
    }

    private static string Life(HttpResponseMessage response) =>
        response.Headers.TryGetValues(HttpBusPaths.Life, out var values) ? values.First() : throw new BusException("what answers is no master of onrush");

    private static string Text(Exception e) => (e.InnerException ?? e).Message;
}
