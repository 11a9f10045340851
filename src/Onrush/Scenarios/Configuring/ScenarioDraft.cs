using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>A scenario as its author wrote it, not checked yet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="UserClass">The class of its users; null for all.</param>
/// <param name="Executor">When users start, stop and iterate.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ScenarioDraft(string? Name, Type? UserClass, Executor? Executor, SourcePlace Place)
{
    /// <summary>The method that is an iteration; null for tasks by weight.</summary>
    public EntryMethod? Entry { get; init; }

    public Duration? StartTime { get; init; }

    public Duration? GracefulStop { get; init; }

    public IReadOnlyList<(string Name, string Value)>? Tags { get; init; }

    public string? After { get; init; }

    public bool WarmUp { get; init; }

    /// <summary>The exception for something about it that cannot be.</summary>
    public LoadTestException Refused(string fault) => new($"Scenario {Name}: {fault}{(fault[^1] is '.' or '?' ? "" : ".")}", Place);
}
