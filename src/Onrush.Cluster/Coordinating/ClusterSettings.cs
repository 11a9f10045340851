namespace Onrush.Cluster;

/// <summary>How a coordinator deals with its workers.</summary>
internal sealed record ClusterSettings
{
    /// <summary>Whether its only worker is in this process.</summary>
    public bool IsLocal { get; init; }

    /// <summary>What workers make the run of; null where they know.</summary>
    public TestPlan? Test { get; init; }

    /// <summary>Workers that have to be ready before the run starts.</summary>
    public int ExpectedWorkers { get; init; } = 1;

    /// <summary>How long it waits for them; then it starts with those that are there, or gives up when there is none. Null waits for ever.</summary>
    public TimeSpan? ExpectedMaxWait { get; init; }

    /// <summary>Time from the decision to start to the start: every worker has to have it by then.</summary>
    public TimeSpan StartLead { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same for later orders.</summary>
    public TimeSpan OrderLead { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the reports of a second may be on their way.</summary>
    public TimeSpan ReportPatience { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Time without a beat after which a worker is late.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time without a beat after which its share goes to others.</summary>
    public TimeSpan MissingAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for which a worker has to be the limit itself until a part of its share goes to those that have room; zero leaves the shares as they are.</summary>
    public TimeSpan OverloadedAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a worker in this process, which has every order at once.</summary>
    public static ClusterSettings Local { get; } = new()
    {
        IsLocal = true,
        StartLead = TimeSpan.FromMilliseconds(10),
        OrderLead = TimeSpan.FromMilliseconds(10),
        ReportPatience = TimeSpan.FromMilliseconds(350),
    };
}
