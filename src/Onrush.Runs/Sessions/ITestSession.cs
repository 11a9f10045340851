using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// One loaded load test and its runs, one after the other: what the page steers. Every member may be called from any thread.
/// </summary>
internal interface ITestSession
{
    /// <summary>What the session is about.</summary>
    SessionTitle Title { get; }

    /// <summary>Where it stands.</summary>
    SessionState State { get; }

    /// <summary>Why the last run could not be carried out, in a sentence; null when it could.</summary>
    string? Problem { get; }

    /// <summary>The run that goes on or whose results are shown; null when ready.</summary>
    SessionRun? Current { get; }

    /// <summary>The last runs of this session, newest first, the current one among them.</summary>
    IReadOnlyList<SessionRun> Runs { get; }

    /// <summary>Workers of other processes that are there now, with or without a run.</summary>
    IReadOnlyList<WorkerFigures> Present { get; }

    /// <summary>What the start form offers.</summary>
    StartForm Form { get; }

    /// <summary>Lines of the log.</summary>
    LogLines Log { get; }

    /// <summary>Raised when <see cref="State"/> may have changed; handlers are short.</summary>
    event Action? Changed;

    /// <summary>Raised after each second of a run, and at its end; on a thread of the run, so handlers are short.</summary>
    event Action<SessionRun>? SecondFolded;

    /// <summary>Starts a run.</summary>
    /// <exception cref="StartRefusedException">Something that was asked for cannot be.</exception>
    /// <exception cref="SessionStateException">A run goes on.</exception>
    Task<SessionRun> StartAsync(StartOptions options);

    /// <summary>Sets the number of users and the rate in users per second at which the difference is made up.</summary>
    /// <exception cref="SessionStateException">No run goes on.</exception>
    void ChangeUsers(int users, double spawnRate);

    /// <summary>Changes a scenario of the run that goes on.</summary>
    /// <exception cref="StartRefusedException">There is no such scenario, or the change does not fit its executor.</exception>
    /// <exception cref="SessionStateException">No run goes on.</exception>
    void ChangeScenario(string scenario, ScenarioChange change);

    /// <summary>Ends the run gracefully; the task completes when it is over.</summary>
    /// <exception cref="SessionStateException">No run goes on.</exception>
    Task StopAsync(string reason);

    /// <summary>Begins the totals of a run that goes on anew; puts the results of one that is over away.</summary>
    /// <exception cref="SessionStateException">The run is just ending.</exception>
    void Reset();

    /// <summary>What share of the work each task is, for a number of users.</summary>
    /// <param name="run">The run with its choice of classes; null for the load test as it was loaded.</param>
    TaskRatio Ratio(SessionRun? run);
}

/// <summary>What a session is about.</summary>
/// <param name="LoadTest">Name of the load test.</param>
/// <param name="Version">Version of the program.</param>
internal sealed record SessionTitle(string LoadTest, string Version);

/// <summary>What was asked for does not go in this state.</summary>
internal sealed class SessionStateException(string message) : Exception(message);
