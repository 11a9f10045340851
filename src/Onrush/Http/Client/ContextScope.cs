namespace Onrush.Http.Client;

/// <summary>Sets the thread's context, null for none, and puts the former one back in the end.</summary>
internal readonly ref struct ContextScope
{
    private readonly SynchronizationContext? _outer;

    public ContextScope(SynchronizationContext? inner)
    {
        _outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(inner);
    }

    /// <summary>Puts the former context back.</summary>
    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_outer);
}
