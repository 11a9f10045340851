namespace Onrush.Scenarios;

/// <summary>Users alive on all loops of a worker; told by the loops, watched by the control thread.</summary>
internal sealed class UserCount
{
    private readonly Action _none;
    private int _alive;

    /// <param name="none">Called on a loop when the last one has ended.</param>
    public UserCount(Action none) => _none = none;

    /// <summary>Users alive now.</summary>
    public int Alive => Volatile.Read(ref _alive);

    /// <summary>One was spawned.</summary>
    public void Add() => Interlocked.Increment(ref _alive);

    /// <summary>One has ended.</summary>
    public void Remove()
    {
        if (Interlocked.Decrement(ref _alive) == 0)
            _none();
    }
}
