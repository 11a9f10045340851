namespace Onrush.Outputs.Tests.Faults;

/// <summary>What goes wrong with the other side.</summary>
public enum Fault
{
    /// <summary>Nobody listens when the run begins; later somebody does.</summary>
    DownAtFirst,

    /// <summary>It is killed in the middle and comes back.</summary>
    Killed,

    /// <summary>It stores the second request, and its answer takes longer than anyone waits.</summary>
    Slow,

    /// <summary>It answers the second and the third request with 429.</summary>
    Throttling,

    /// <summary>It answers the second and the third request with 500.</summary>
    Broken,

    /// <summary>It answers the second and the third request with 503.</summary>
    Busy,

    /// <summary>It takes the second request but for one record, if it can, else nothing of it.</summary>
    RefusesOne,
}
