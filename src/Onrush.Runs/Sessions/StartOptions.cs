namespace Onrush.Runs;

/// <summary>What a run is to be started with, as asked for on the page. What is null stays as the command line has it.</summary>
internal sealed record StartOptions
{
    /// <summary>Peak number of concurrent users.</summary>
    public int? Users { get; init; }

    /// <summary>Users started per second.</summary>
    public double? SpawnRate { get; init; }

    /// <summary>URL in front of every relative path; empty leaves it to the classes.</summary>
    public string? Host { get; init; }

    /// <summary>Length of the run as people type it, for instance 10m; empty runs until it is stopped.</summary>
    public string? RunTime { get; init; }

    /// <summary>The classes that run; null or none takes all.</summary>
    public IReadOnlyList<ClassChoice>? UserClasses { get; init; }

    /// <summary>Name of the load shape; empty runs without one.</summary>
    public string? Shape { get; init; }

    /// <summary>Values of the load test's own options by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

/// <summary>A class that is to run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Share among the classes; null as declared.</param>
/// <param name="FixedCount">Exact number of users, 0 to share by weight; null as declared.</param>
internal sealed record ClassChoice(string Name, double? Weight = null, int? FixedCount = null);

/// <summary>A run cannot be started as it was asked for.</summary>
/// <param name="errors">A sentence for each field that is to blame: users, spawnRate, host, runTime, userClasses, shape, option:NAME.</param>
/// <param name="message">All of it in a sentence.</param>
internal sealed class StartRefusedException(IReadOnlyDictionary<string, string> errors, string message) : Exception(message)
{
    /// <summary>What is wrong, by field; empty when no field is to blame.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; } = errors;
}
