using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>One scenario as configured and checked. Immutable.</summary>
/// <param name="Name">Unique in the load test; ASCII letters, digits, _ and -.</param>
/// <param name="Classes">What its users are: one class, or several in Locust's shares.</param>
/// <param name="Entry">The method that is an iteration; null picks a task by weight for each.</param>
/// <param name="Executor">When users start, stop and iterate.</param>
/// <param name="StartTime">Time from the start of the run, or from the end of <paramref name="After"/>, to its own start.</param>
/// <param name="GracefulStop">Time from the regular end in which iterations may finish; what is left then is cut and counted as interrupted.</param>
/// <param name="Tags">Put on everything it measures.</param>
/// <param name="After">The scenario it waits for; null for none.</param>
/// <param name="WarmUp">Whether what it measures stays out of the results.</param>
internal sealed record ScenarioPlan(
    string Name,
    IReadOnlyList<UserClass> Classes,
    TaskNode? Entry,
    Executor Executor,
    TimeSpan StartTime,
    TimeSpan GracefulStop,
    TagSet Tags,
    string? After,
    bool WarmUp)
{
    /// <summary>As in k6.</summary>
    public static readonly TimeSpan DefaultGracefulStop = TimeSpan.FromSeconds(30);
}
