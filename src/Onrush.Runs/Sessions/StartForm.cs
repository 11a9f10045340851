using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>What the start form offers and what stands in it at first.</summary>
/// <param name="Defaults">What the command line asks for.</param>
/// <param name="Classes">The user classes.</param>
/// <param name="Shapes">Names of the load shapes; the first is used unless another is chosen.</param>
/// <param name="Scenarios">What the load test configures; empty leaves it to users and spawn rate.</param>
/// <param name="Options">The load test's own options.</param>
internal sealed record StartForm(
    RunOptions Defaults, IReadOnlyList<UserClass> Classes, IReadOnlyList<string> Shapes, IReadOnlyList<ScenarioPlan> Scenarios,
    IReadOnlyList<LoadTestOption> Options)
{
    /// <summary>The most users that may be asked for.</summary>
    public const int MostUsers = 10_000_000;

    /// <summary>The most users per second that may be asked for.</summary>
    public const double MostSpawnRate = 1_000_000;
}
