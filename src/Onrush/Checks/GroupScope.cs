using Onrush.Engine;

namespace Onrush;

/// <summary>A group that a user is in until this is disposed of; see <see cref="TaskOwner.Group"/>.</summary>
public readonly record struct GroupScope : IDisposable
{
    private readonly UserRuntime? _runtime;
    private readonly GroupEntry _entry;

    internal GroupScope(UserRuntime runtime, string name)
    {
        _runtime = runtime;
        _entry = runtime.EnterGroup(name);
    }

    /// <summary>Leaves the group and counts how long it took. Doing it again changes nothing.</summary>
    public void Dispose() => _runtime?.LeaveGroup(_entry);
}
