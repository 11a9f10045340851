using System.Globalization;

namespace Onrush.Runs.Comparison;

/// <summary>Says why two runs are no fair comparison.</summary>
internal static class Comparability
{
    // So many seconds of a run may be the generator's without the figures being so.
    private const double MostBound = 0.05;

    /// <summary>One sentence per reason; none when the comparison is fair.</summary>
    public static IReadOnlyList<string> Objections(ComparedRun before, ComparedRun after)
    {
        List<string> objections = [];
        foreach (string fact in before.Plan.Keys.Union(after.Plan.Keys).Order(StringComparer.Ordinal))
        {
            var (was, isNow) = (before.Plan.GetValueOrDefault(fact, "-"), after.Plan.GetValueOrDefault(fact, "-"));
            if (was != isNow)
                objections.Add($"Another plan: {fact} was {was} and is {isNow}.");
        }
        foreach (var run in (ComparedRun[])[before, after])
        {
            if (run.Seconds < ComparedRun.LeastSteadySeconds)
                objections.Add(Text($"{run.Name} is too short: {run.Seconds:0.#} s are left to compare, {ComparedRun.LeastSteadySeconds} s are needed."));
            if (run.BoundShare > MostBound)
                objections.Add(Text($"{run.Name} was generator-bound in {100 * run.BoundShare:0} % of its seconds: its figures are not only the target's."));
        }
        if (before.ComparesRamps != after.ComparesRamps)
            objections.Add("One run has a part at a constant number of users, the other has not.");
        return objections;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
