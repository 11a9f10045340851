namespace Onrush.Cluster;

/// <summary>
/// Hands things to a handler one at a time and in order, on the thread of whoever posts when nobody is at it yet. What the handler itself posts comes
/// after what it is at.
/// </summary>
internal sealed class Duties<T>(Action<T> handler)
{
    private readonly Queue<T> _waiting = new();
    private bool _busy;

    /// <summary>Hands it over, now or when those before it are done.</summary>
    public void Post(T thing)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(thing);
            if (_busy)
                return;
            _busy = true;
        }

        while (true)
        {
            T next;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out next!))
                {
                    _busy = false;
                    return;
                }
            }

            handler(next);
        }
    }
}
