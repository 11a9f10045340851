using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>What all scenarios of a run share on one worker. Immutable.</summary>
internal sealed record RunSetup
{
    /// <summary>The user classes, by the index that plans use.</summary>
    public required IReadOnlyList<UserClass> Classes { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Host of the run; null leaves it to the classes.</summary>
    public required string? Host { get; init; }

    /// <summary>Who listens to the run.</summary>
    public required TestEvents Events { get; init; }

    /// <summary>What the users share in this run.</summary>
    public required RunScope Scope { get; init; }

    /// <summary>A user has asked for the end of the run; called on its loop.</summary>
    public required Action<string> StopTest { get; init; }

    /// <summary>Something that may mean the end of a scenario has happened; called on a loop.</summary>
    public required Action Changed { get; init; }

    /// <summary>Which numbers are the worker's own when it begins.</summary>
    public BucketSet Share { get; init; } = BucketSet.All;

    /// <summary>Which worker this is, of how many there may ever be: what numbers of users are told apart by that no plan can give.</summary>
    public WorkShare Worker { get; init; } = WorkShare.All;
}
