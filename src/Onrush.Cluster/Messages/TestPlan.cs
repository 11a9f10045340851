using Onrush.Runs;

namespace Onrush.Cluster;

/// <summary>What a worker makes a run of, without the file or a compiler.</summary>
/// <param name="Name">Name of the load test, for people.</param>
/// <param name="Hash">Names the contents to fetch: the compiled load test and the files it read.</param>
/// <param name="Options">What the run is started with, as far as it concerns workers.</param>
internal sealed record TestPlan(string Name, string Hash, RunOptions Options)
{
    /// <summary>The classes that run, in the order of the run.</summary>
    public IReadOnlyList<ChosenClass> Classes { get; init; } = [];

    /// <summary>Only tasks with one of these tags; empty takes all.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>No tasks with one of these tags.</summary>
    public IReadOnlyList<string> ExcludedTags { get; init; } = [];

    /// <summary>Name of the load shape; null for none.</summary>
    public string? Shape { get; init; }

    /// <summary>Values of the load test's own options, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> OwnOptions { get; init; } = [];

    /// <summary>Names of the scenarios: what the worker makes of all this has to come to the same.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];
}

/// <summary>A user class as it was chosen.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Share among the classes.</param>
/// <param name="FixedCount">Exact number of users; 0 shares by weight.</param>
internal readonly record struct ChosenClass(string Name, double Weight, int FixedCount);
