using System.Threading.Tasks.Sources;

namespace Onrush.Engine;

/// <summary>Something of a user that has requests under way: its HTTP session. Told by the engine, on the loop.</summary>
internal interface IUserResource
{
    /// <summary>The operation begun last, when it can be awaited without its result; see <see cref="UserRuntime.Pending"/>.</summary>
    IValueTaskSource? Pending { get; }

    /// <summary>The token of <see cref="Pending"/>.</summary>
    short PendingToken { get; }

    /// <summary>Whether that task stands still for exactly the operation begun last; see <see cref="UserRuntime.StandsForResponse"/>.</summary>
    bool IsAwaitedBy(Task task);

    /// <summary>An iteration ended: what it left open is closed.</summary>
    void OnIterationFinished();

    /// <summary>The user is cut: what is under way ends as cancelled.</summary>
    void OnKilled();

    /// <summary>The user is gone: everything is closed.</summary>
    void Close();
}
