namespace Onrush.Runs;

/// <summary>How the console and the page watch and steer one run. Every member may be called from any thread.</summary>
public interface IRunControl
{
    /// <summary>What the run has given so far: a consistent picture that does not change any more.</summary>
    RunSnapshot Snapshot { get; }

    /// <summary>Raised after each second was folded, and once more at the end; on a thread of the run, so handlers are short.</summary>
    event Action<RunSnapshot>? SecondFolded;

    /// <summary>Changes a scenario that runs. One that does not run, or is over, stays as it is, and the log says so.</summary>
    /// <param name="scenario">Its name.</param>
    /// <param name="change">What is to be different.</param>
    /// <exception cref="ArgumentException">There is no such scenario, or the change does not fit its executor; the message says what to do.</exception>
    void ChangeScenario(string scenario, ScenarioChange change);

    /// <summary>Sets the number of users and the rate in users per second at which the difference is made up.</summary>
    void ChangeUsers(int users, double spawnRate);

    /// <summary>Ends the run gracefully: iterations get the stop timeout.</summary>
    void Stop(string reason);

    /// <summary>Ends the run now; what is running is cut.</summary>
    void Abort(string reason);
}
