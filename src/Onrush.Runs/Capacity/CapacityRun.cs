using System.Threading.Channels;
using Onrush.Runs.Analysis;

namespace Onrush.Runs.Capacity;

/// <summary>
/// Carries a search out on a run that goes on, whoever makes its load: changes the load, waits until it is there and has settled, measures, judges, cools
/// down. It sees the run by its snapshots alone and has no clock of its own, so it is as exact as they are: to the second.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="plan">What is searched for.</param>
/// <param name="scenario">The scenario whose rate is changed; null for users.</param>
/// <param name="say">Takes a line for each measurement.</param>
/// <param name="next">Gives the next second of the run; null listens to the run itself.</param>
internal sealed class CapacityRun(IRunControl run, CapacityPlan plan, string? scenario, Action<string> say, Func<Task<RunSnapshot>>? next = null)
{
    private const int SettleSeconds = 2, MostCoolSeconds = 30, MostRampSeconds = 30;
    private const double BoundShare = 0.3, Behind = 0.97;

    private readonly Channel<RunSnapshot> _seconds = Channel.CreateUnbounded<RunSnapshot>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<CapacityStep> _steps = [];
    private RunSnapshot _now = RunSnapshot.Empty;

    /// <summary>Searches until there is an answer, the generator is the limit, or the run ends; then ends the run.</summary>
    public async Task<CapacityResult> SearchAsync()
    {
        var search = new CapacitySearch(plan);
        run.SecondFolded += Take;
        try
        {
            while (!search.IsDone && await StepAsync(search.Level).ConfigureAwait(false) is { } step)
            {
                _steps.Add(step);
                say(InWords(step));
                search.Add(step.Verdict);
                if (step.Verdict == StepVerdict.Broke && !search.IsDone)
                    await CoolDownAsync(Math.Max(1, Math.Min(search.Low, search.Level / 2))).ConfigureAwait(false);
            }
        }
        finally
        {
            run.SecondFolded -= Take;
        }

        var result = new CapacityResult(plan, search.Low, search.High, search.IsGeneratorBound, search.IsDone, _steps);
        say(result.Text);
        run.Stop("The capacity search is over.");
        return result;
    }

    private void Take(RunSnapshot snapshot) => _seconds.Writer.TryWrite(snapshot);

    private async Task<CapacityStep?> StepAsync(int level)
    {
        Change(level);
        int settled = SettleSeconds + (int)(plan.StepTime.TotalSeconds / 5);
        for (int waited = 0; plan.Metric == CapacityMetric.Users && _now.Users != level && waited < MostRampSeconds; waited++)
        {
            if (!await NextAsync().ConfigureAwait(false))
                return null;
        }

        for (int i = 0; i < settled; i++)
        {
            if (!await NextAsync().ConfigureAwait(false))
                return null;
        }

        int from = Second, to = from + Math.Max(1, (int)Math.Round(plan.StepTime.TotalSeconds));
        // One more, so that reports which come late are in it.
        while (Second <= to)
        {
            if (!await NextAsync().ConfigureAwait(false))
                return null;
        }

        return Judge(level, from, StepFigures.Of(_now, from, to));
    }

    private CapacityStep Judge(int level, int from, StepFigures figures)
    {
        string? why = null;
        if (figures.Requests == 0)
            why = "nothing came back";
        else if (plan.Rules.FirstOrDefault(rule => !rule.Holds(figures)) is { } broken)
            why = $"{broken.Text} is {(broken.IsFailed ? Say.Percent(broken.Of(figures)) : Say.Ms(broken.Of(figures)))}";
        else if (plan.Metric == CapacityMetric.Rate && figures.Done < level * Behind)
            why = $"only {Say.Rate(figures.Done)} got done";
        var verdict = why is null ? StepVerdict.Held : figures.BoundSeconds > figures.Seconds * BoundShare ? StepVerdict.GeneratorBound : StepVerdict.Broke;
        return new CapacityStep(level, from, figures, verdict, why);
    }

    // A target that was overrun has a queue to work off; what is measured before that is the end of the step before.
    private async Task CoolDownAsync(int level)
    {
        Change(level);
        for (int i = 0; i < MostCoolSeconds; i++)
        {
            if (!await NextAsync().ConfigureAwait(false))
                return;
            if (i >= SettleSeconds && _now.Users <= level && IsCalm(StepFigures.Of(_now, Second - 1, Second)))
                return;
        }
    }

    private bool IsCalm(StepFigures second) => second.Requests == 0 ? _now.InFlight == 0 : plan.Rules.All(rule => rule.Holds(second));

    private int Second => (int)_now.RunTime.TotalSeconds;

    private async Task<bool> NextAsync()
    {
        if (_now.Phase >= RunPhase.Stopping)
            return false;
        _now = await (next is null ? _seconds.Reader.ReadAsync().AsTask() : next()).ConfigureAwait(false);
        return _now.Phase < RunPhase.Stopping;
    }

    private void Change(int level)
    {
        if (scenario is not null)
            run.ChangeScenario(scenario, new ScenarioChange { Rate = level });
        else
            run.ChangeUsers(level, Math.Max(10, Math.Abs(level - _now.Users) / 2.0));
    }

    private string InWords(CapacityStep step) =>
        $"{Say.Count(step.Level)} {plan.Unit(step.Level)}: {Say.Rate(step.Figures.Rate)}, p95 {Say.Ms(step.Figures.Times.Percentile(0.95) / 1e6)}, {Say.Percent(step.Figures.FailedShare)} failed: "
        + (step.Verdict switch { StepVerdict.Held => "held", StepVerdict.Broke => $"broke, {step.Why}", _ => $"the generator was the limit, {step.Why}" });
}
