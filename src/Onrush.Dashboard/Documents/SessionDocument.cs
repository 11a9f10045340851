using Onrush.Runs;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Dashboard;

/// <summary>Where the test stands; also an event of the stream.</summary>
internal sealed record SessionStatus(SessionState State, RunPhase Phase, string? RunId, string? Error, DateTimeOffset? StartedAt)
{
    public static SessionStatus Of(ITestSession session)
    {
        var snapshot = session.Current?.Snapshot;
        return new(session.State, snapshot?.Phase ?? RunPhase.Ready, session.Current?.Id, session.Problem, snapshot?.StartTime);
    }
}

/// <summary>All about the session.</summary>
internal sealed record SessionDocument(
    SessionState State,
    RunPhase Phase,
    string? RunId,
    string? Error,
    DateTimeOffset? StartedAt,
    string Version,
    bool CanChange,
    LoadTestDocument LoadTest,
    IReadOnlyList<string> Features,
    FormDocument Form)
{
    public static SessionDocument Of(ITestSession session, IReadOnlyList<string> features)
    {
        var status = SessionStatus.Of(session);
        return new SessionDocument(
            status.State, status.Phase, status.RunId, status.Error, status.StartedAt, session.Title.Version, CanChange: true,
            new LoadTestDocument(session.Title.LoadTest, session.Title.LoadTest), features, FormDocument.Of(session.Form, session.State is SessionState.Running or SessionState.Stopping ? session.Current : null));
    }
}

/// <summary>The load test.</summary>
internal sealed record LoadTestDocument(string Name, string File);

/// <summary>What the start form shows.</summary>
internal sealed record FormDocument(
    int Users,
    double SpawnRate,
    string? Host,
    double? RunTimeSeconds,
    int MostUsers,
    double MostSpawnRate,
    IReadOnlyList<UserClassDocument> UserClasses,
    IReadOnlyList<ScenarioDocument> Scenarios,
    IReadOnlyList<string> Shapes,
    string? Shape,
    IReadOnlyList<TargetDocument> Targets,
    IReadOnlyList<OptionDocument> Options,
    double? AverageWaitSeconds)
{
    // Shares are the same for more users; counting them out takes its time.
    private const int MostCounted = 10_000;

    /// <param name="form">The form.</param>
    /// <param name="running">The run that goes on, whose scenarios may have been changed.</param>
    public static FormDocument Of(StartForm form, SessionRun? running) => new(
        form.Defaults.Users,
        form.Defaults.SpawnRate,
        form.Defaults.Host ?? form.Classes.Select(HostOf).FirstOrDefault(host => host is not null),
        form.Defaults.RunTime?.TotalSeconds,
        StartForm.MostUsers,
        StartForm.MostSpawnRate,
        [.. form.Classes.Select(c => new UserClassDocument(c.Name, c.Weight, c.FixedCount > 0 ? c.FixedCount : null, HostOf(c), [.. c.Tasks.Nodes.Select(n => n.Name)], WaitOf(c)))],
        form.Defaults.ReplacesScenarios ? [] : [.. form.Scenarios.Select(plan => ScenarioDocument.Of(plan, running?.Changes.GetValueOrDefault(plan.Name)))],
        form.Shapes,
        form.Shapes is [var first, ..] ? first : null,
        [.. form.Defaults.Targets.Select(target => new TargetDocument(target.Name, target.Host))],
        [.. form.Options.Select(OptionDocument.Of)],
        AverageWait(form));

    // A class whose constructor throws has nothing to show; the start says what is wrong with it.
    private static T? Asked<T>(Func<T?> ask)
    {
        try
        {
            return ask();
        }
        catch (LoadTestException)
        {
            return default;
        }
    }

    private static string? HostOf(UserClass user) => Asked(() => user.Host);

    private static double? WaitOf(UserClass user) => Asked(() => user.MeanWaitSeconds);

    // Users divided by the tasks they can begin in a second: not the mean of the waits, since who waits less counts for more.
    private static double? AverageWait(StartForm form)
    {
        var sequence = new UserSequence(form.Classes);
        int users = Math.Min(Math.Min(form.Defaults.Users, MostCounted), sequence.Limit);
        double perSecond = 0;
        foreach (var (user, count) in form.Classes.Zip(sequence.CountsFor(users)))
        {
            if (count == 0)
                continue;
            if (WaitOf(user) is not { } wait || wait <= 0)
                return null;
            perSecond += count / wait;
        }

        return perSecond > 0 ? Numbers.Short(users / perSecond) : null;
    }
}

/// <summary>A user class to choose.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Share among the classes without a fixed count.</param>
/// <param name="FixedCount">Exact number of its users; null shares by weight.</param>
/// <param name="Host">What it declares.</param>
/// <param name="Tasks">Names of its tasks.</param>
/// <param name="AverageWaitSeconds">Mean seconds between two tasks of a user; null when that is not known before the run.</param>
internal sealed record UserClassDocument(string Name, double Weight, int? FixedCount, string? Host, IReadOnlyList<string> Tasks, double? AverageWaitSeconds);

/// <summary>A scenario of the load test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Executor">What decides when its users iterate.</param>
/// <param name="UserClass">What its users are.</param>
/// <param name="Text">How much load and how long, in words.</param>
/// <param name="Users">Users that can be changed while it runs; null where its users are not what is asked for.</param>
/// <param name="Rate">Iterations per time unit that can be changed while it runs; null where it has no rate.</param>
/// <param name="TimeUnitSeconds">The time unit of the rate.</param>
internal sealed record ScenarioDocument(string Name, string Executor, string UserClass, string Text, int? Users, double? Rate, double? TimeUnitSeconds)
{
    /// <param name="plan">The scenario.</param>
    /// <param name="change">What was changed about it in the run that goes on.</param>
    public static ScenarioDocument Of(ScenarioPlan plan, ScenarioChange? change)
    {
        var unit = (plan.Executor as ArrivalRateExecutor)?.TimeUnit.Value;
        string per = unit is not { } time || time == TimeSpan.FromSeconds(1) ? "/s" : $" per {Duration.Format(time)}";
        (int?, double?, string) shown = plan.Executor switch
        {
            UsersAndSpawnRateExecutor e => (e.Users, null, Invariant($"{e.Users:#,0} users at {e.SpawnRate:0.##}/s")),
            ConstantUsersExecutor e => (e.Users, null, Invariant($"{e.Users:#,0} users")),
            RampingUsersExecutor e => (null, null, Invariant($"from {e.StartUsers:#,0} users in {e.Stages.Count} stages")),
            IterationsExecutor e => (null, null, Invariant($"{e.Iterations:#,0} iterations, {e.Users:#,0} users")),
            ConstantArrivalRateExecutor e => (null, e.Rate, Invariant($"{e.Rate:0.##} iterations{per}")),
            RampingArrivalRateExecutor e => (null, e.StartRate, Invariant($"from {e.StartRate:0.##} iterations{per} in {e.Stages.Count} stages")),
            _ => (null, null, ""),
        };
        var (users, rate, load) = shown;
        string length = plan.Executor.Length is { } lasts ? " for " + Duration.Format(lasts) : "";
        string start = plan.StartTime > TimeSpan.Zero ? " from " + Duration.Format(plan.StartTime) : "";
        return new ScenarioDocument(plan.Name, plan.Executor.Kind, string.Join(", ", plan.Classes.Select(c => c.Name)), (load + length + start).Trim(), change?.Users ?? users, change?.Rate ?? rate, unit?.TotalSeconds);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>A target to choose.</summary>
internal sealed record TargetDocument(string Name, string Host);

/// <summary>A field for one of the load test's own options.</summary>
internal sealed record OptionDocument(
    string Name, string Kind, string Label, string Help, bool Required, IReadOnlyList<string> Choices, double? Minimum, double? Maximum, object? Default, object? Value)
{
    public static OptionDocument Of(LoadTestOption option) => new(
        option.Name, KindOf(option), LabelOf(option.Name), option.Help, option.Required, option.Choices, option.Minimum, option.Maximum,
        option.Secret ? null : ValueOf(option.Default), option.Secret ? null : ValueOf(option.Value));

    private static string KindOf(LoadTestOption option) => option.Kind switch
    {
        _ when option.Secret => "secret",
        OptionKind.WholeNumber => "integer",
        OptionKind.Number => "number",
        OptionKind.Switch => "flag",
        OptionKind.List when option.Choices.Count > 0 => "choices",
        _ when option.Choices.Count > 0 => "choice",
        _ => "text",
    };

    private static string LabelOf(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    private static object? ValueOf(object? value) => value switch
    {
        null or bool or int or long or double => value,
        string[] list => list,
        _ => OptionText.Format(value),
    };
}
