namespace Onrush;

/// <summary>
/// The load test as a whole. Optional: a file with user classes alone is a load test too. Derive one class from it to do something
/// before, during and after the run.
/// </summary>
public abstract partial class LoadTest
{
    /// <summary>What happens while the test runs. Subscribe in the constructor or in <see cref="OnTestStartingAsync"/>.</summary>
    public TestEvents Events { get; } = new();

    /// <summary>
    /// Says how the load comes and what is good enough. Called once, when the options are known and before anything else. Without it all user classes run,
    /// with the users and the spawn rate of the run.
    /// </summary>
    /// <param name="test">Takes scenarios and thresholds.</param>
    public virtual void Configure(LoadTestBuilder test)
    {
    }

    /// <summary>Before the first user. What it throws ends the run before it has begun.</summary>
    public virtual Task OnTestStartingAsync() => Task.CompletedTask;

    /// <summary>Once users are being started.</summary>
    public virtual Task OnTestStartedAsync() => Task.CompletedTask;

    /// <summary>Each time all users that were asked for have been started: at the end of the first ramp, and of each later change.</summary>
    /// <param name="users">Number of users now.</param>
    public virtual Task OnSpawningCompleteAsync(int users) => Task.CompletedTask;

    /// <summary>When the run is to end, before the users are stopped.</summary>
    public virtual Task OnTestStoppingAsync() => Task.CompletedTask;

    /// <summary>After the last user has ended.</summary>
    public virtual Task OnTestStoppedAsync() => Task.CompletedTask;

    /// <summary>
    /// After everything was counted and before the verdict: the place to ask the target whether what must hold does. What it throws, and what it hands to
    /// <see cref="RunSummary.Fail"/>, fails the run like a broken threshold.
    /// </summary>
    /// <param name="run">What the run has given.</param>
    public virtual Task OnTestEndAsync(RunSummary run) => Task.CompletedTask;

    /// <summary>
    /// Files to write when the run is over: the text of each by its path. The path <c>stdout</c> replaces the summary that would be printed, <c>stderr</c>
    /// is printed there; other paths start from the current folder.
    /// </summary>
    /// <param name="run">What the run has given, thresholds judged.</param>
    /// <returns>Null or nothing to write no file.</returns>
    public virtual IReadOnlyDictionary<string, string>? Summarize(RunSummary run) => null;

    /// <summary>At the very end, after results were written.</summary>
    public virtual Task OnQuittingAsync() => Task.CompletedTask;
}

/// <summary>Stands in for the class that the load test did not need.</summary>
internal sealed class PlainLoadTest : LoadTest;
