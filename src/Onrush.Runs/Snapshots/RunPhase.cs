namespace Onrush.Runs;

/// <summary>Where a run stands.</summary>
public enum RunPhase
{
    /// <summary>Nothing was started yet.</summary>
    Ready,

    /// <summary>Users are being started or stopped on the way to the target number.</summary>
    Spawning,

    /// <summary>The target number of users is reached.</summary>
    Running,

    /// <summary>The end was asked for; iterations are finishing.</summary>
    Stopping,

    /// <summary>Over. Nothing changes any more.</summary>
    Stopped,
}
