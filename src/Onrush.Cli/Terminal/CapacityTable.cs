using System.Globalization;
using System.Text;
using Onrush.Runs.Capacity;

namespace Onrush.Cli.Terminal;

/// <summary>What a capacity search found: a line per measurement with a bar for its throughput, by level, and the result.</summary>
internal static class CapacityTable
{
    private const int BarWidth = 24;

    /// <param name="result">The result.</param>
    public static string Render(CapacityResult result)
    {
        StringBuilder text = new();
        double most = result.Steps.Select(step => step.Figures.Rate).DefaultIfEmpty(1).Max();
        text.Append(CultureInfo.InvariantCulture, $"\n{(result.Plan.Metric == CapacityMetric.Users ? "users" : "iter/s"),8} {"req/s",9} {"p50 ms",9} {"p95 ms",9} {"failed",8}\n");
        foreach (CapacityStep step in result.Steps.OrderBy(step => step.Level).ThenBy(step => step.FromSecond))
        {
            StepFigures figures = step.Figures;
            int bar = most <= 0 ? 0 : (int)Math.Round(figures.Rate / most * BarWidth);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{step.Level,8:#,0} {figures.Rate,9:#,0.0} {Ms(figures, 0.5),9} {Ms(figures, 0.95),9} {Numbers.Percent(figures.FailedShare),8} {new string('█', bar) + new string('·', BarWidth - bar)} {Verdict(step)}\n");
        }

        return text.Append('\n').Append(result.Text).Append('\n').ToString();
    }

    private static string Ms(StepFigures figures, double percentile) => Numbers.Ms(figures.Times.Percentile(percentile) / 1e6);

    private static string Verdict(CapacityStep step) => step.Verdict switch
    {
        StepVerdict.Held => "held",
        StepVerdict.Broke => $"broke: {step.Why}",
        _ => $"generator-bound: {step.Why}",
    };
}
