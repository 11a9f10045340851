using System.Runtime.CompilerServices;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// Takes the scenarios and thresholds of a load test in <see cref="LoadTest.Configure"/>. Everything is checked together when that returns: what cannot be
/// is refused before the first request, with scenario, field and line.
/// </summary>
public sealed class LoadTestBuilder
{
    private readonly List<ScenarioDraft> _scenarios = [];
    private readonly List<ThresholdDraft> _thresholds = [];
    private LimitsDraft? _limits;

    internal LoadTestBuilder()
    {
    }

    /// <summary>Adds a scenario whose iterations are a method: one iteration is one call of it, without a wait afterwards.</summary>
    /// <typeparam name="TUser">The user class.</typeparam>
    /// <param name="name">Unique in the load test; ASCII letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="entry">A method of the user without parameters that returns void, Task or ValueTask: <c>user => user.Call</c>.</param>
    /// <param name="executor">When users start, stop and iterate.</param>
    /// <param name="startTime">Time from the start of the run, or from the end of <paramref name="after"/>, to the start of the scenario.</param>
    /// <param name="gracefulStop">Time from the regular end in which iterations may finish before they are cut. Without it 30 s.</param>
    /// <param name="tags">Names and values put on everything that the scenario measures.</param>
    /// <param name="after">Name of the scenario whose end this one waits for.</param>
    /// <param name="warmUp">Whether what it measures stays out of the results.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public LoadTestBuilder Scenario<TUser>(
        string name,
        Func<TUser, Delegate> entry,
        Executor executor,
        Duration? startTime = null,
        Duration? gracefulStop = null,
        IReadOnlyList<(string Name, string Value)>? tags = null,
        string? after = null,
        bool warmUp = false,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        where TUser : User
    {
        _scenarios.Add(new ScenarioDraft(name, typeof(TUser), executor, new SourcePlace(file, line))
        {
            Entry = EntryMethod.Of(entry),
            StartTime = startTime,
            GracefulStop = gracefulStop,
            Tags = tags,
            After = after,
            WarmUp = warmUp,
        });
        return this;
    }

    /// <summary>Adds a scenario whose users pick tasks by weight and wait between them: one iteration is one task.</summary>
    /// <typeparam name="TUser">The user class.</typeparam>
    /// <param name="name">Unique in the load test; ASCII letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="executor">When users start, stop and iterate.</param>
    /// <param name="startTime">Time from the start of the run, or from the end of <paramref name="after"/>, to the start of the scenario.</param>
    /// <param name="gracefulStop">Time from the regular end in which iterations may finish before they are cut. Without it 30 s.</param>
    /// <param name="tags">Names and values put on everything that the scenario measures.</param>
    /// <param name="after">Name of the scenario whose end this one waits for.</param>
    /// <param name="warmUp">Whether what it measures stays out of the results.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public LoadTestBuilder Scenario<TUser>(
        string name,
        Executor executor,
        Duration? startTime = null,
        Duration? gracefulStop = null,
        IReadOnlyList<(string Name, string Value)>? tags = null,
        string? after = null,
        bool warmUp = false,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        where TUser : User
    {
        _scenarios.Add(new ScenarioDraft(name, typeof(TUser), executor, new SourcePlace(file, line))
        {
            StartTime = startTime,
            GracefulStop = gracefulStop,
            Tags = tags,
            After = after,
            WarmUp = warmUp,
        });
        return this;
    }

    /// <summary>Adds a scenario of all user classes in the shares of their weights and fixed counts.</summary>
    /// <param name="name">Unique in the load test; ASCII letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="executor">When users start, stop and iterate.</param>
    /// <param name="startTime">Time from the start of the run, or from the end of <paramref name="after"/>, to the start of the scenario.</param>
    /// <param name="gracefulStop">Time from the regular end in which iterations may finish before they are cut. Without it 30 s.</param>
    /// <param name="tags">Names and values put on everything that the scenario measures.</param>
    /// <param name="after">Name of the scenario whose end this one waits for.</param>
    /// <param name="warmUp">Whether what it measures stays out of the results.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public LoadTestBuilder Scenario(
        string name,
        Executor executor,
        Duration? startTime = null,
        Duration? gracefulStop = null,
        IReadOnlyList<(string Name, string Value)>? tags = null,
        string? after = null,
        bool warmUp = false,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        _scenarios.Add(new ScenarioDraft(name, null, executor, new SourcePlace(file, line))
        {
            StartTime = startTime,
            GracefulStop = gracefulStop,
            Tags = tags,
            After = after,
            WarmUp = warmUp,
        });
        return this;
    }

    /// <summary>Adds a rule that decides whether the run was good.</summary>
    /// <param name="metric">The metric, with a filter of tags if any: <c>http_req_duration{name:call coupon}</c>.</param>
    /// <param name="expression">The rule: <c>p(95)&lt;1000</c>, with times in milliseconds.</param>
    /// <param name="abortOnFail">Whether the run ends as soon as the rule is broken.</param>
    /// <param name="delayAbort">Time from the start of the run before which it does not end for that.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public LoadTestBuilder Threshold(
        string metric,
        string expression,
        bool abortOnFail = false,
        Duration? delayAbort = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        _thresholds.Add(new ThresholdDraft(metric, expression, abortOnFail, delayAbort, new SourcePlace(file, line)));
        return this;
    }

    /// <summary>Sets an error budget: the run fails when more iterations or checks than that end badly.</summary>
    /// <param name="failed">Share, from 0 to 1, of the iterations that an exception may end.</param>
    /// <param name="interrupted">Share, from 0 to 1, of the iterations started that may be cut.</param>
    /// <param name="dropped">Share, from 0 to 1, of the iterations due that may never start.</param>
    /// <param name="checks">Share, from 0 to 1, of the checks that may fail.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public LoadTestBuilder CheckLimits(
        double? failed = null,
        double? interrupted = null,
        double? dropped = null,
        double? checks = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        _limits = new LimitsDraft(new IterationLimits(failed, interrupted, dropped, checks), new SourcePlace(file, line));
        return this;
    }

    /// <summary>Checks what was asked for.</summary>
    /// <param name="chosen">The user classes of the run; scenarios of others are left out.</param>
    /// <param name="declared">All user classes of the load test.</param>
    /// <exception cref="LoadTestException">Something cannot be.</exception>
    internal LoadTestConfiguration Build(IReadOnlyList<UserClass> chosen, IReadOnlyList<Type> declared) => new(
        ScenarioCheck.Build(_scenarios, chosen, declared), [.. _thresholds.Select(threshold => threshold.Build())], _limits?.Build());
}
