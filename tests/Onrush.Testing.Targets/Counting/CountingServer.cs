using System.Net;
using System.Net.Sockets;
using Onrush.Testing.Targets.Net;

namespace Onrush.Testing.Targets.Counting;

/// <summary>
/// An honest HTTP/1.1 server that counts exactly: requests received and responses sent, per path. Its paths stand in
/// <see cref="HonestPaths"/>; any other path gets a plain body. Every path takes <c>?ms=</c>, a delay in milliseconds.
/// </summary>
public sealed class CountingServer : IAsyncDisposable
{
    private readonly CountingServerOptions _options;
    private readonly HonestPaths _paths;
    private readonly TargetListener _listener;

    private CountingServer(CountingServerOptions options)
    {
        _options = options;
        _paths = new HonestPaths(options);
        _listener = new TargetListener(new IPEndPoint(options.Address, options.Port), ServeAsync, Freezer);
        var address = options.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{options.Address}]" : options.Address.ToString();
        Url = new Uri($"{(options.Certificate is null ? "http" : "https")}://{address}:{Port}");
    }

    /// <summary>Address of the server, without a path.</summary>
    public Uri Url { get; }

    /// <summary>The port it listens on.</summary>
    public int Port => _listener.EndPoint.Port;

    /// <summary>What it saw.</summary>
    public PathCounts Counts { get; } = new();

    /// <summary>Connections accepted so far.</summary>
    public long Connections => _listener.Accepted;

    /// <summary>Connections that are open now.</summary>
    public int OpenConnections => _listener.Open;

    /// <summary>Makes the server stand still and go on.</summary>
    public Freezer Freezer { get; } = new();

    /// <summary>Starts one on a free loopback port.</summary>
    public static CountingServer Start(CountingServerOptions? options = null) => new(options ?? new CountingServerOptions());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TargetConnection connection)
    {
        if (_options.Certificate is { } certificate)
            await connection.HandshakeAsync(certificate);

        ReceivedRequest? answered = null;
        byte[]? written = null;
        PathCount? count = null;
        while (await connection.ReadRequestAsync() is { } request)
        {
            // The parser hands out the same object for a repeated head; then the bytes of the answer are at hand, too.
            if (ReferenceEquals(request, answered) && written is not null)
            {
                count!.CountReceived();
                await SendAsync(connection, count, written);
                continue;
            }
            count = Counts[request.Path];
            count.CountReceived();
            var answer = _paths.Answer(request);
            if (answer.Delay > TimeSpan.Zero && !await WaitAsync(answer.Delay, count, connection))
                return;
            written = answer.Write(request);
            if (answer.Piece > 0)
                await SendInPiecesAsync(connection, count, written, answer);
            else
                await SendAsync(connection, count, written);
            if (!request.KeepAlive || !answer.KeepsAlive)
                return;
            answered = request;
            if (!answer.Repeatable)
                written = null;
        }
    }

    private static async ValueTask SendAsync(TargetConnection connection, PathCount count, byte[] bytes)
    {
        count.CountAnswered();
        try
        {
            await connection.SendAsync(bytes);
        }
        catch
        {
            count.TurnAnsweredIntoCut();
            throw;
        }
    }

    private static async ValueTask SendInPiecesAsync(TargetConnection connection, PathCount count, byte[] bytes, Answer answer)
    {
        var last = (bytes.Length - 1) / answer.Piece * answer.Piece;
        try
        {
            for (var sent = 0; sent < last; sent += answer.Piece)
            {
                await connection.SendAsync(bytes.AsMemory(sent, answer.Piece));
                await Task.Delay(answer.Pause, connection.Closing);
            }
        }
        catch
        {
            count.CountCut();
            throw;
        }
        await SendAsync(connection, count, bytes[last..]);
    }

    private static async ValueTask<bool> WaitAsync(TimeSpan delay, PathCount count, TargetConnection connection)
    {
        try
        {
            await Task.Delay(delay, connection.Closing);
            return true;
        }
        catch (OperationCanceledException)
        {
            count.CountCut();
            return false;
        }
    }
}
