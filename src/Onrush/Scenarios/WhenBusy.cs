namespace Onrush;

/// <summary>What becomes of an iteration that is due when every user is busy and no more may be made.</summary>
public enum WhenBusy
{
    /// <summary>It waits in a queue, keeps its due time, and starts as soon as a user is idle. What the queue has no room for is dropped and counted.</summary>
    Queue,

    /// <summary>It is dropped and counted, as in k6.</summary>
    Drop,
}
