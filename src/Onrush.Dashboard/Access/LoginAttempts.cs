using System.Net;

namespace Onrush.Dashboard;

/// <summary>Counts wrong logins by address: after five within a minute the address waits. The number of addresses that are remembered is bounded.</summary>
internal sealed class LoginAttempts(TimeProvider time)
{
    private const int Most = 5;
    private const int MostAddresses = 1000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, (int Count, DateTimeOffset Since)> _wrong = [];

    /// <summary>How long the address has to wait; zero when it need not.</summary>
    public TimeSpan WaitOf(IPAddress address)
    {
        lock (_gate)
        {
            return _wrong.TryGetValue(address, out var entry) && entry.Count >= Most && entry.Since + Window - time.GetUtcNow() is var left && left > TimeSpan.Zero
                ? left
                : TimeSpan.Zero;
        }
    }

    /// <summary>Notes a wrong login.</summary>
    public void Wrong(IPAddress address)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_wrong.Count >= MostAddresses && !_wrong.ContainsKey(address))
                _wrong.Remove(_wrong.MinBy(e => e.Value.Since).Key);
            _wrong[address] = _wrong.TryGetValue(address, out var entry) && now - entry.Since < Window ? (entry.Count + 1, entry.Since) : (1, now);
        }
    }

    /// <summary>Notes a right one.</summary>
    public void Right(IPAddress address)
    {
        lock (_gate)
            _wrong.Remove(address);
    }
}
