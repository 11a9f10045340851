namespace Onrush.Users;

/// <summary>How the task loop goes on after a task.</summary>
internal enum Turn : byte
{
    /// <summary>The wait time, then the next task.</summary>
    Wait,

    /// <summary>The next task at once.</summary>
    Now,

    /// <summary>Out of the task set; what encloses it waits and goes on.</summary>
    LeaveThenWait,

    /// <summary>Out of the task set; what encloses it goes on at once.</summary>
    LeaveNow,

    /// <summary>The user ends.</summary>
    End,
}
