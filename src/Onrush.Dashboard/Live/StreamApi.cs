using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>
/// The stream of server-sent events. Each reader has a loop of its own that takes the newest picture whenever it has sent the one before: a reader that is
/// slow gets fewer and larger events. Readers that are up to date share the bytes.
/// </summary>
internal sealed class StreamApi : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly ITestSession _session;
    private readonly LiveFindings _findings;
    private readonly CancellationToken _stopping;
    private readonly Pulse _pulse = new();
    private readonly Lock _gate = new();
    private (RunSnapshot Snapshot, SessionState State, StreamPosition? From, Task<ReadOnlyMemory<byte>> Bytes)? _shared;
    private int _length = 512;

    public StreamApi(ITestSession session, TimeProvider time, CancellationToken stopping)
    {
        (_session, _findings, _stopping) = (session, new LiveFindings(time), stopping);
        session.Changed += _pulse.Beat;
        session.SecondFolded += OnSecond;
    }

    public IEnumerable<Route> Routes =>
    [
        Route.Get("/api/v1/stream", "Server-sent events: run each second of a run, session when its state changes. Goes on after the id of an event.", StreamAsync) with
        {
            Query = ["after"], IsStream = true,
        },
    ];

    public void Dispose()
    {
        _session.Changed -= _pulse.Beat;
        _session.SecondFolded -= OnSecond;
    }

    private void OnSecond(SessionRun run) => _pulse.Beat();

    private async Task StreamAsync(HttpContext context)
    {
        var request = context.Request;
        string known = request.Headers["Last-Event-ID"].ToString();
        var position = StreamPosition.Parse(known.Length > 0 ? known : request.Query["after"].ToString());
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        try
        {
            await context.Response.StartAsync(end.Token).ConfigureAwait(false);
            await FollowAsync(context.Response, position, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the page is closed.
        }
    }

    private async Task FollowAsync(HttpResponse response, StreamPosition? position, CancellationToken end)
    {
        RunSnapshot? sent = null;
        SessionStatus? told = null;
        while (true)
        {
            var next = _pulse.Next;
            var status = SessionStatus.Of(_session);
            var run = RunView.Current(_session);
            if (run.Id is not null && !ReferenceEquals(run.Snapshot, sent))
            {
                position = await SendRunAsync(response, run, status, position, end).ConfigureAwait(false);
                (sent, told) = (run.Snapshot, status);
            }
            else if (status != told)
            {
                await response.Body.WriteAsync(StreamEvent.Encode("session", null, status), end).ConfigureAwait(false);
                told = status;
            }

            if (!await IsBeatenAsync(next, end).ConfigureAwait(false))
                await response.Body.WriteAsync(": still here\n\n"u8.ToArray(), end).ConfigureAwait(false);
        }
    }

    private async Task<StreamPosition> SendRunAsync(HttpResponse response, RunView run, SessionStatus status, StreamPosition? from, CancellationToken end)
    {
        var seconds = run.Snapshot.Seconds;
        var to = new StreamPosition(run.Id!, seconds.Count > 0 ? seconds[^1].StartSecond : -1);
        await response.Body.WriteAsync(await BytesAsync(run, status.State, from, to).ConfigureAwait(false), end).ConfigureAwait(false);
        return to;
    }

    // All readers wake at once: the first one makes the bytes, the others wait for it instead of making the same.
    private async Task<ReadOnlyMemory<byte>> BytesAsync(RunView run, SessionState state, StreamPosition? from, StreamPosition to)
    {
        // The catching up of a single reader is not worth keeping.
        if (from is not { } position || to.RunId != position.RunId || to.Second - position.Second > 5)
            return Encoded();
        TaskCompletionSource<ReadOnlyMemory<byte>> mine;
        Task<ReadOnlyMemory<byte>>? others = null;
        lock (_gate)
        {
            mine = new TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_shared is { } shared && ReferenceEquals(shared.Snapshot, run.Snapshot) && shared.State == state && shared.From == from)
                others = shared.Bytes;
            else
                _shared = (run.Snapshot, state, from, mine.Task);
        }

        if (others is not null)
            return await others.ConfigureAwait(false);
        try
        {
            mine.SetResult(Encoded());
        }
        catch (Exception e)
        {
            mine.SetException(e);
        }

        return await mine.Task.ConfigureAwait(false);

        // Events of the same run are about as long as the one before.
        ReadOnlyMemory<byte> Encoded()
        {
            var bytes = StreamEvent.Encode("run", to, StreamEvent.Of(_session, run, from, _findings.Of(run)), Volatile.Read(ref _length));
            Volatile.Write(ref _length, Math.Min(bytes.Length + bytes.Length / 8, 1 << 20));
            return bytes;
        }
    }

    private static async Task<bool> IsBeatenAsync(Task next, CancellationToken end)
    {
        try
        {
            await next.WaitAsync(Quiet, end).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
