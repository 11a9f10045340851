using System.Collections.Concurrent;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>One run of a session.</summary>
internal sealed class SessionRun
{
    private static readonly RunCourse NoCourse = new();

    private readonly Func<Task> _quit;

    /// <param name="id">Name that no other run has.</param>
    /// <param name="number">Number within the session, from 1.</param>
    /// <param name="control">The run itself.</param>
    /// <param name="definition">What runs: the chosen classes.</param>
    /// <param name="options">What it was started with.</param>
    /// <param name="quit">The load test's last word.</param>
    public SessionRun(string id, int number, IRunControl control, LoadTestDefinition definition, RunOptions options, Func<Task> quit)
    {
        (Id, Number, Control, Definition, Options, _quit) = (id, number, control, definition, options, quit);
        Course = (control as ILiveRun)?.Course ?? NoCourse;
    }

    public string Id { get; }

    public int Number { get; }

    public IRunControl Control { get; }

    public LoadTestDefinition Definition { get; }

    public RunOptions Options { get; }

    /// <summary>The course of its endpoints.</summary>
    public RunCourse Course { get; }

    /// <summary>Completes when the run is over, whether it went well or not.</summary>
    public Task Over { get; set; } = Task.CompletedTask;

    /// <summary>What the run has given so far.</summary>
    public RunSnapshot Snapshot => Control.Snapshot;

    /// <summary>The last change of each scenario that was changed while it ran.</summary>
    public ConcurrentDictionary<string, ScenarioChange> Changes { get; } = [];

    /// <summary>The shares of its tasks, once they were asked for.</summary>
    public TaskRatio? Ratio { get; set; }

    /// <summary>Whether the load test has said its last word.</summary>
    public bool HasQuit { get; private set; }

    /// <summary>Lets the load test say its last word; once.</summary>
    public Task QuitAsync()
    {
        if (HasQuit)
            return Task.CompletedTask;
        HasQuit = true;
        return _quit();
    }
}
