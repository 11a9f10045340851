using System.Net;
using System.Net.Sockets;
using Onrush.Testing.Targets.Net;
using Onrush.Testing.Targets.Tls;

namespace Onrush.Testing.Targets.Hostile;

/// <summary>The port on which one misbehaviour is met, and what was seen there.</summary>
public sealed class HostilePort : IAsyncDisposable
{
    private readonly TargetListener? _listener;
    private readonly FullBacklog? _backlog;
    private readonly Socket? _reserved;
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _requests;

    internal HostilePort(Misbehaviour misbehaviour, TestAuthority authority, HostileServerOptions options)
    {
        Misbehaviour = misbehaviour;
        var any = new IPEndPoint(options.Address, 0);
        IPEndPoint bound;
        switch (misbehaviour.Port)
        {
            case PortKind.Refuses:
                // Bound but not listening: the kernel answers with a RST, and nobody else can take the port.
                _reserved = new Socket(any.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                _reserved.Bind(any);
                bound = (IPEndPoint)_reserved.LocalEndPoint!;
                break;
            case PortKind.NeverAccepts:
                _backlog = new FullBacklog(any);
                bound = _backlog.EndPoint;
                break;
            default:
                _listener = new TargetListener(any, connection =>
                    misbehaviour.Script!(new HostileConnection(connection, this, authority, options.Pace)));
                bound = _listener.EndPoint;
                break;
        }
        Url = new Uri($"{misbehaviour.Scheme}://{bound}/{misbehaviour.Name}");
    }

    /// <summary>What happens here.</summary>
    public Misbehaviour Misbehaviour { get; }

    /// <summary>Where: its path is the name of the misbehaviour.</summary>
    public Uri Url { get; }

    /// <summary>Connections accepted so far.</summary>
    public long Connections => _listener?.Accepted ?? 0;

    /// <summary>Requests read so far.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Completes when a connection has reached the point from which the server says nothing more.</summary>
    public Task Hanging => _hanging.Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _reserved?.Dispose();
        _backlog?.Dispose();
        if (_listener is not null)
            await _listener.DisposeAsync();
    }

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountHang() => _hanging.TrySetResult();
}
