namespace Onrush.Scenarios;

/// <summary>An executor whose users come and go by a schedule and iterate one iteration after the other.</summary>
internal abstract record UserExecutor : Executor
{
    /// <summary>When users start and stop. Only for an executor without <see cref="Executor.Fault"/>.</summary>
    public abstract IUserSchedule Schedule();
}
