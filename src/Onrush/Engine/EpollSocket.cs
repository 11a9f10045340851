using System.Net;
using System.Net.Sockets;

namespace Onrush.Engine;

/// <summary>
/// A socket of an <see cref="EpollLoop"/>: a descriptor and the system's calls on it. The runtime's <see cref="Socket"/> turns a refusal to wait into an
/// exception, cannot tell when data arrived, and is three objects with a finalizer. The loop closes what is still open at its end.
/// </summary>
internal sealed unsafe class EpollSocket(EpollLoop loop) : LoopSocket(loop)
{
    // A target that sends without end must not keep the other users of the loop waiting.
    private const int ReadsPerTurn = 16;

    private static readonly SendOrPostCallback ReportConnect = static state => ((EpollSocket)state!).OnConnectFinished();
    private static readonly SendOrPostCallback GoOnReading = static state => ((EpollSocket)state!).Pump();

    private Memory<byte> _target;
    private int _fd = -1;
    private int _slot = -1;
    private SocketError _connectError;
    private bool _connecting;
    private bool _receiving;
    private bool _readable;
    private bool _hungUp;
    private bool _wantsWrite;
    private bool _pumping;

    /// <inheritdoc/>
    public override void StartConnect(IPEndPoint remote, IPAddress? local)
    {
        _connecting = true;
        var error = Open(remote.AddressFamily, local);
        if (error == 0)
        {
            var address = remote.Serialize();
            fixed (byte* bytes = address.Buffer.Span)
                error = LinuxNative.Connect(_fd, bytes, (uint)address.Size) == 0 ? 0 : LinuxNative.LastError;
        }

        if (error is not (0 or LinuxNative.ErrorInProgress))
        {
            FinishConnectLater(SocketErrors.FromErrno(error));
            return;
        }

        // Registered after the connect began: before it the kernel reports a hang-up.
        _slot = loop.Add(this, _fd);
    }

    /// <inheritdoc/>
    public override int Send(ReadOnlySpan<byte> data, out SocketError error)
    {
        error = SocketError.Success;
        nint sent;
        fixed (byte* bytes = data)
            sent = LinuxNative.Send(_fd, bytes, data.Length, LinuxNative.MessageNoSignal);
        if (sent == data.Length)
            return data.Length;
        if (sent >= 0)
        {
            _wantsWrite = true;
            return (int)sent;
        }

        var number = LinuxNative.LastError;
        if (number is LinuxNative.ErrorAgain or LinuxNative.ErrorInterrupted)
            _wantsWrite = true;
        else
            error = SocketErrors.FromErrno(number);
        return 0;
    }

    /// <inheritdoc/>
    public override void StartReceive(Memory<byte> buffer = default)
    {
        _receiving = true;
        _target = buffer;
        if (_readable && !_pumping)
            loop.Post(GoOnReading, this);
    }

    /// <inheritdoc/>
    public override void Close(bool abort = false)
    {
        // Also without a descriptor, when there was none left: the owner is told of nothing that was still to be reported.
        Owner = null;
        _connecting = false;
        if (_fd < 0)
            return;

        if (_slot >= 0)
            loop.Remove(_slot);
        _slot = -1;
        _receiving = false;
        if (abort)
            LinuxNative.SetResetOnClose(_fd);
        _ = LinuxNative.Close(_fd);
        _fd = -1;
    }

    /// <summary>What epoll reported; on the loop.</summary>
    public void OnEvents(uint events)
    {
        if (_connecting)
        {
            if ((events & (LinuxNative.EpollOut | LinuxNative.EpollError | LinuxNative.EpollHangUp)) == 0)
                return;
            _connectError = SocketErrors.FromErrno(LinuxNative.TakeError(_fd));
            _readable = (events & LinuxNative.EpollIn) != 0;

            // Reported once: without a word about the end here, the read after the data would wait for ever.
            _hungUp = (events & (LinuxNative.EpollReadHangUp | LinuxNative.EpollHangUp)) != 0;
            OnConnectFinished();
            return;
        }

        if ((events & (LinuxNative.EpollReadHangUp | LinuxNative.EpollHangUp | LinuxNative.EpollError)) != 0)
            _hungUp = _readable = true;
        else if ((events & LinuxNative.EpollIn) != 0)
            _readable = true;

        if (_wantsWrite && (events & (LinuxNative.EpollOut | LinuxNative.EpollError | LinuxNative.EpollHangUp)) != 0)
        {
            _wantsWrite = false;
            Owner?.OnWritable();
        }

        if (_receiving)
            Pump();
        else if (_readable)
            Owner?.OnUnexpectedData();
    }

    private void Pump()
    {
        if (_pumping)
            return;

        _pumping = true;
        for (var reads = 0; _receiving && _readable && _fd >= 0; reads++)
        {
            if (reads == ReadsPerTurn)
            {
                loop.Post(GoOnReading, this);
                break;
            }

            var target = _target.IsEmpty ? loop.ReceiveBuffer : _target.Span;
            var count = Receive(target, out var error, out var arrived);
            if (error is SocketError.WouldBlock)
            {
                _readable = false;
                break;
            }

            // Less than asked for means that nothing is left; only the end of the stream comes without a further edge.
            if (count < target.Length && !_hungUp)
                _readable = false;
            _receiving = false;
            Owner?.OnReceived(target[..count], error, arrived);
        }

        _pumping = false;
    }

    private int Receive(Span<byte> target, out SocketError error, out long arrivedNs)
    {
        error = SocketError.Success;
        arrivedNs = 0;
        nint count;
        fixed (byte* bytes = target)
        {
            if (loop.Options.KernelTimestamps)
            {
                var vector = new LinuxNative.IoVector { Base = bytes, Length = (nuint)target.Length };
                LinuxNative.TimestampControl control;
                var message = new LinuxNative.MessageHeader
                {
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = &control,
                    ControlLength = (nuint)sizeof(LinuxNative.TimestampControl),
                };
                count = LinuxNative.ReceiveMessage(_fd, &message, 0);
                if (count > 0 && message.ControlLength != 0 && control.Type == LinuxNative.TimestampNs)
                    arrivedNs = control.Time.Seconds * MonotonicClock.Second + control.Time.Nanoseconds + loop.WallToMonotonicNs;
            }
            else
            {
                count = LinuxNative.Receive(_fd, bytes, target.Length, 0);
            }
        }

        if (count >= 0)
        {
            var now = loop.LastReadNs = MonotonicClock.Now;

            // A step of the wall clock between two checks must not give a time from the future.
            if (arrivedNs == 0 || arrivedNs > now)
                arrivedNs = now;
            return (int)count;
        }

        var number = LinuxNative.LastError;
        error = number is LinuxNative.ErrorAgain or LinuxNative.ErrorInterrupted ? SocketError.WouldBlock : SocketErrors.FromErrno(number);
        arrivedNs = MonotonicClock.Now;
        return 0;
    }

    /// <summary>Makes the descriptor; the errno of what failed, 0 when nothing did.</summary>
    private int Open(AddressFamily family, IPAddress? local)
    {
        _fd = LinuxNative.OpenStream(family);
        if (_fd < 0)
            return LinuxNative.LastError;
        LinuxNative.SetOption(_fd, LinuxNative.TcpLevel, LinuxNative.TcpNoDelay, 1);
        if (loop.Options.KernelTimestamps)
            LinuxNative.SetOption(_fd, LinuxNative.SocketLevel, LinuxNative.TimestampNs, 1);
        if (local is null)
            return 0;

        // The port is chosen at the connect, so that the same one serves several targets.
        if (family == AddressFamily.InterNetwork)
            LinuxNative.SetOption(_fd, LinuxNative.IpLevel, LinuxNative.BindAddressNoPort, 1);
        var address = new IPEndPoint(local, 0).Serialize();
        fixed (byte* bytes = address.Buffer.Span)
            return LinuxNative.Bind(_fd, bytes, (uint)address.Size) == 0 ? 0 : LinuxNative.LastError;
    }

    private void FinishConnectLater(SocketError error)
    {
        _connectError = error;
        loop.Post(ReportConnect, this);
    }

    private void OnConnectFinished()
    {
        if (!_connecting)
            return;
        _connecting = false;
        Owner?.OnConnected(_connectError);
    }
}
