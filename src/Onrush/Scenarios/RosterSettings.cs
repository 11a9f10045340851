using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>What the rosters of all loops of one worker share. Immutable.</summary>
internal sealed record RosterSettings
{
    /// <summary>The user classes, by the index that plans use.</summary>
    public required IReadOnlyList<UserClass> Classes { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Host of the run; null leaves it to the classes.</summary>
    public required string? Host { get; init; }

    /// <summary>Scenario that the samples belong to.</summary>
    public required string Scenario { get; init; }

    /// <summary>Who listens to the run.</summary>
    public required TestEvents Events { get; init; }

    /// <summary>What the users share in this run.</summary>
    public RunScope Scope { get; init; } = new(0, 1);

    /// <summary>A user has asked for the end of the run; called on its loop.</summary>
    public required Action<string> StopTest { get; init; }

    /// <summary>Counts the users alive.</summary>
    public required UserCount Count { get; init; }

    /// <summary>Number of loops that share the slots.</summary>
    public required int Loops { get; init; }
}
