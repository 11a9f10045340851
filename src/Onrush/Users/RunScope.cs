using System.Collections.Concurrent;

namespace Onrush.Users;

/// <summary>
/// What all users of one worker share in one run. A static field of the load test outlives a run and may serve several workers of one process; what is kept
/// here does not.
/// </summary>
/// <param name="worker">The worker, from 0.</param>
/// <param name="workers">Number of workers.</param>
internal sealed class RunScope(int worker, int workers)
{
    private readonly ConcurrentDictionary<object, object> _shared = new(ReferenceEqualityComparer.Instance);

    /// <summary>The worker, from 0.</summary>
    public int Worker => worker;

    /// <summary>Number of workers.</summary>
    public int Workers => workers;

    /// <summary>The object of the run that belongs to a key; made when it is first asked for. Any thread; not for every request.</summary>
    public T Shared<T>(object key, Func<T> create)
        where T : class => (T)_shared.GetOrAdd(key, static (_, make) => make(), create);
}
