using System.Globalization;

namespace Studies.Running;

/// <summary>
/// Watches the accept queue of a listening port of 127.0.0.1 while a run goes on, as Linux tells it in /proc/net/tcp. A connection whose handshake is over
/// waits in that queue until the server takes it; there is room for one more than the server asked for. A client whose last word of the handshake finds the
/// queue full believes to be connected, while the kernel throws that word away and keeps the connection half open: no server will ever see it. Where many are
/// half open the kernel gives them up after some seconds, so they are counted early.
/// </summary>
internal sealed class AcceptQueueWatch : IAsyncDisposable
{
    private const string Listening = "0A", HalfOpen = "03";

    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private readonly List<(int Waiting, int HalfOpen)> _seen = [];

    public AcceptQueueWatch(string url) => _watching = IsThere ? WatchAsync($":{new Uri(url).Port:X4}") : Task.CompletedTask;

    /// <summary>Whether this system tells.</summary>
    public static bool IsThere => File.Exists("/proc/net/tcp");

    /// <summary>
    /// The last time that the queue was as full as it ever was: how many waited in it, and the most that were half open beside it. How many are connected tells
    /// no such time: the most were once listed at a moment at which nobody waited.
    /// </summary>
    public (int Waiting, int HalfOpen) Full
    {
        get
        {
            lock (_seen)
            {
                var most = _seen.Select(one => one.Waiting).DefaultIfEmpty(0).Max();
                var full = _seen.AsEnumerable().Reverse().SkipWhile(one => one.Waiting != most).TakeWhile(one => one.Waiting == most);
                return (most, full.Select(one => one.HalfOpen).DefaultIfEmpty(0).Max());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync(string port)
    {
        while (!_end.IsCancellationRequested)
        {
            int waiting = 0, halfOpen = 0;
            foreach (var line in await File.ReadAllLinesAsync("/proc/net/tcp"))
            {
                // sl local_address rem_address st tx_queue:rx_queue ...
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length < 5 || !fields[1].EndsWith(port, StringComparison.Ordinal))
                    continue;
                if (fields[3] == Listening)
                    waiting = int.Parse(fields[4].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                else if (fields[3] == HalfOpen)
                    halfOpen++;
            }
            lock (_seen)
                _seen.Add((waiting, halfOpen));
            await Task.Delay(500, _end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
