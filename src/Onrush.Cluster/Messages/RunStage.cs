namespace Onrush.Cluster;

/// <summary>What workers are to do about a run.</summary>
internal enum RunStage
{
    /// <summary>Get ready.</summary>
    Preparing,

    /// <summary>Carry out the orders.</summary>
    Running,

    /// <summary>End all users: iterations get the stop timeout, then requests a second, then everybody is cut.</summary>
    Ending,

    /// <summary>Cut everybody.</summary>
    Killing,

    /// <summary>The run is over: forget it.</summary>
    Closed,
}
