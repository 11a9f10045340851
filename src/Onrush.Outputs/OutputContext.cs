using Onrush.Runs.Results.Requests;

namespace Onrush.Outputs;

/// <summary>The run that outputs are made for, and what surrounds it.</summary>
internal sealed record OutputContext
{
    /// <summary>What tells the run from others: its id where it is kept, else the time of its start.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the load test.</summary>
    public required string LoadTest { get; init; }

    /// <summary>The target, without a password; null when none was named.</summary>
    public string? Host { get; init; }

    /// <summary>Folder that relative file names start from.</summary>
    public required string Directory { get; init; }

    /// <summary>Where the console of the command is.</summary>
    public required TextWriter Console { get; init; }

    /// <summary>Opens the journal of the run as far as it is written; null when the run is not kept.</summary>
    public Func<Stream>? Journal { get; init; }

    /// <summary>True when an old run is played: then the journal waits for the outputs, and nothing is dropped for want of room.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Gives the requests of the run one by one; null where there are none to be had, because workers make them or the run is over.</summary>
    public RequestFeed? Requests { get; init; }

    /// <summary>Takes a warning.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>Takes what a person may want to know and need not do anything about.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Clock of waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Spreads the retries.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>What the load test itself brings, by name: its classes that are outputs.</summary>
    public IReadOnlyDictionary<string, Func<string?, IOutput>> Own { get; init; } = new Dictionary<string, Func<string?, IOutput>>();
}
