using Onrush.Runs.Analysis;

namespace Onrush.Runs.Capacity;

/// <summary>One measurement of a search.</summary>
/// <param name="Level">The load.</param>
/// <param name="FromSecond">Where it began, in seconds from the start of the run.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Why">The rule that was broken, with what was found; null when all held.</param>
internal sealed record CapacityStep(int Level, int FromSecond, StepFigures Figures, StepVerdict Verdict, string? Why);

/// <summary>What a search came to.</summary>
/// <param name="Plan">What was searched for.</param>
/// <param name="Low">The largest level that held; 0 when none did.</param>
/// <param name="High">The smallest level that broke; null when none did.</param>
/// <param name="IsGeneratorBound">Whether the generator ended the search.</param>
/// <param name="IsComplete">False when it was stopped before it had an answer.</param>
/// <param name="Steps">All measurements, in their order.</param>
internal sealed record CapacityResult(CapacityPlan Plan, int Low, int? High, bool IsGeneratorBound, bool IsComplete, IReadOnlyList<CapacityStep> Steps)
{
    private const int FewestLevels = 4;
    private const double LeastFit = 0.8;

    /// <summary>The level from which on throughput no longer grows; null where it grew all the way, or too few levels were measured.</summary>
    public Knee? Knee
    {
        get
        {
            LoadLevel[] levels =
            [
                .. from step in Steps
                   where step.Verdict != StepVerdict.GeneratorBound && step.Figures.Requests > 0
                   group step.Figures by step.Level into level
                   orderby level.Key
                   let rate = level.Average(figures => (figures.Requests - figures.Failures) / figures.Seconds)
                   let ms = level.Average(figures => figures.Times.Average / 1e6)
                   select new LoadLevel(level.Key, rate, ms, rate * ms / 1000, ms, level.Sum(figures => figures.Seconds)),
            ];
            return levels.Length < FewestLevels || Knee.Of(levels) is not { Fit: >= LeastFit } knee ? null : knee;
        }
    }

    /// <summary>The result in a sentence or two.</summary>
    public string Text
    {
        get
        {
            string slo = string.Join(", ", Plan.Rules.Select(r => r.Text)), low = $"{Say.Count(Low)} {Plan.Unit(Low)}";
            if (IsGeneratorBound)
                return $"The generator was the limit at {Say.Count(Steps[^1].Level)} {Plan.Unit(Steps[^1].Level)}; the target holds {low} at least with {slo}. Add workers, or loops, to look further.";
            if (!IsComplete)
                return $"The search was stopped; so far the target holds {low}{(High is { } open ? $" and not {Say.Count(open)}" : "")} with {slo}.";
            if (High is not { } high)
                return $"The target holds {low} with {slo}, the most that was tried (--max).";
            return Low == 0
                ? $"Not even {Say.Count(high)} {Plan.Unit(high)} hold with {slo}: {Steps.Last(s => s.Level == high && s.Why is not null).Why}."
                : $"The target holds {low} with {slo}; at {Say.Count(high)} it breaks: {Steps.Last(s => s.Level == high && s.Why is not null).Why}.{OfKnee}";
        }
    }

    private string OfKnee => Knee is { } knee ? $" Throughput stops growing at about {Say.Count(Say.Rounded(knee.Load))} {Plan.Unit(knee.Load)}, at {Say.Rate(knee.Throughput)}." : "";
}
