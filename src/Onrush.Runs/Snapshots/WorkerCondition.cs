namespace Onrush.Runs;

/// <summary>Where a worker stands in a run, as its coordinator knows it. The numbers are part of the journal.</summary>
internal enum WorkerCondition
{
    /// <summary>It gets the load test and its loops ready.</summary>
    Preparing = 0,

    /// <summary>It could begin.</summary>
    Ready = 1,

    /// <summary>It makes load.</summary>
    Running = 2,

    /// <summary>It ends its users.</summary>
    Ending = 3,

    /// <summary>It has ended them and has told everything.</summary>
    Done = 4,

    /// <summary>It could not take part.</summary>
    Failed = 5,

    /// <summary>It was not heard for a while; nobody waits for its reports.</summary>
    Late = 6,

    /// <summary>It was not heard for so long that its users went to the others.</summary>
    Lost = 7,

    /// <summary>It has gone on purpose.</summary>
    Left = 8,
}
