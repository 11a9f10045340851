using Onrush.Runs;
using Onrush.Scenarios;

namespace Onrush.Dashboard;

/// <summary>What a run was started with.</summary>
/// <param name="Users">Users asked for.</param>
/// <param name="SpawnRate">Users started per second.</param>
/// <param name="Host">URL in front of relative paths.</param>
/// <param name="RunTimeSeconds">Length of the run, given or from its scenarios; null when it goes on until it is stopped, or until iterations are done.</param>
/// <param name="Stages">The stages after the first; empty where the load has one course.</param>
internal sealed record PlanDocument(int Users, double SpawnRate, string? Host, double? RunTimeSeconds, IReadOnlyList<StageDocument> Stages)
{
    public static PlanDocument Of(RunView run)
    {
        var options = run.Options;
        double? length = options.RunTime?.TotalSeconds ?? LengthOf(run.Snapshot);
        return new(options.Users, options.SpawnRate, options.Host, length, [.. StagesOf(run.Plans).Where(stage => !(stage.FromSeconds >= length))]);
    }

    // Iterations may be done long before their scenario is cut.
    private static double? LengthOf(RunSnapshot run)
    {
        double? longest = null;
        foreach (var row in run.Scenarios)
        {
            if (row is not { Length: { } length, IterationsTotal: null } || ScenarioState.StartOf(run, row) is not { } start)
                return null;
            longest = Math.Max(longest ?? 0, start + length.TotalSeconds);
        }

        return longest;
    }

    private static IEnumerable<StageDocument> StagesOf(IReadOnlyList<ScenarioPlan> plans)
    {
        List<StageDocument> stages = [];
        foreach (var plan in plans.Where(p => p.After is null))
        {
            IReadOnlyList<Stage> lines = plan.Executor switch
            {
                RampingUsersExecutor users => users.Stages,
                RampingArrivalRateExecutor rates => rates.Stages,
                _ => [],
            };
            var from = plan.StartTime;
            foreach (var (index, line) in lines.Index())
            {
                stages.Add(new(plans.Count == 1 ? $"{index + 1}" : $"{plan.Name} {index + 1}", from.TotalSeconds));
                from += line.Duration.Value;
            }
        }

        // A stage without length is a jump: what follows it begins at the same instant.
        return stages.Where(stage => stage.FromSeconds > 0).OrderBy(stage => stage.FromSeconds);
    }
}

/// <summary>A stretch of the load.</summary>
/// <param name="Name">Its number, after the name of its scenario where there are several.</param>
/// <param name="FromSeconds">Its beginning in seconds from the start of the run.</param>
internal sealed record StageDocument(string Name, double FromSeconds);
