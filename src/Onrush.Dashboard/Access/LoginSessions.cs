using System.Security.Cryptography;

namespace Onrush.Dashboard;

/// <summary>Browsers that have logged in, by the random name in their cookie. Forgotten half a day after they were last seen.</summary>
internal sealed class LoginSessions(TimeProvider time)
{
    private const int Most = 1000;

    private static readonly TimeSpan Length = TimeSpan.FromHours(12);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _seen = [];

    /// <summary>Begins one and returns its name.</summary>
    public string Begin()
    {
        var name = RandomNumberGenerator.GetHexString(64, lowercase: true);
        lock (_gate)
        {
            foreach (var (old, seen) in _seen.ToList())
            {
                if (time.GetUtcNow() - seen > Length)
                    _seen.Remove(old);
            }

            if (_seen.Count >= Most)
                _seen.Remove(_seen.MinBy(s => s.Value).Key);
            _seen[name] = time.GetUtcNow();
        }

        return name;
    }

    /// <summary>Whether there is one of that name.</summary>
    public bool Knows(string name)
    {
        lock (_gate)
        {
            if (!_seen.TryGetValue(name, out var seen) || time.GetUtcNow() - seen > Length)
                return false;
            _seen[name] = time.GetUtcNow();
            return true;
        }
    }

    /// <summary>Ends it.</summary>
    public void End(string name)
    {
        lock (_gate)
            _seen.Remove(name);
    }
}
