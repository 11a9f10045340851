namespace Onrush.Runs;

/// <summary>Where a test that is steered from the page stands.</summary>
internal enum SessionState
{
    /// <summary>Nothing was run, or what was run has been put away.</summary>
    Ready,

    /// <summary>A run goes on.</summary>
    Running,

    /// <summary>Its end was asked for.</summary>
    Stopping,

    /// <summary>It is over; its results are shown.</summary>
    Stopped,

    /// <summary>It could not be carried out; <see cref="ITestSession.Problem"/> says why.</summary>
    Failed,
}
