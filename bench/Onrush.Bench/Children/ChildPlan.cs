using System.Text.Json;
using Onrush.Runs;

namespace Onrush.Bench.Children;

/// <summary>What a child is to do; its one argument, as JSON.</summary>
internal sealed record ChildPlan
{
    /// <summary>Name of the user class.</summary>
    public string User { get; init; } = "";

    public string Url { get; init; } = "";

    /// <summary>Path and query to ask for.</summary>
    public string Path { get; init; } = "/";

    public int Users { get; init; }

    /// <summary>Iterations per second, for a child that has a rate.</summary>
    public int Rate { get; init; }

    /// <summary>How long it goes on by itself, in seconds.</summary>
    public int Seconds { get; init; }

    /// <summary>Users started per second.</summary>
    public double SpawnRate { get; init; } = 10_000;

    /// <summary>Number of engine loops; null takes the default.</summary>
    public int? Loops { get; init; }

    public Transport Transport { get; init; }

    /// <summary>Take any certificate.</summary>
    public bool Insecure { get; init; }

    public static ChildPlan Parse(string json) => JsonSerializer.Deserialize<ChildPlan>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}
