using Onrush.Cluster;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>What of a load test a plan chooses: classes, tags, shape, and the values of its own options.</summary>
internal static class ChosenTest
{
    /// <summary>Chooses, and sets the load test's own options.</summary>
    public static LoadTestDefinition Of(LoadTestDefinition loaded, TestPlan plan)
    {
        foreach ((string name, IReadOnlyList<string> values) in plan.OwnOptions)
            loaded.Options.FirstOrDefault(option => option.Name == name)?.Set(values);
        LoadTestDefinition chosen = loaded.Select([.. plan.Classes.Select(c => c.Name)], [.. plan.Tags], [.. plan.ExcludedTags]).With(user =>
            plan.Classes.First(c => c.Name == user.Name) is var wanted ? user.With(wanted.Weight, wanted.FixedCount) : user);
        return chosen.WithShape(loaded.Shapes.FirstOrDefault(shape => shape.Name == plan.Shape));
    }
}
