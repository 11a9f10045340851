namespace Onrush.Runs;

/// <summary>Requests and failures of the last few seconds of one series: what current rates are read from.</summary>
internal sealed class SecondCounts
{
    /// <summary>Number of seconds that are kept. A snapshot looks one or two back; the others are for reports that come in late.</summary>
    public const int Kept = 4;

    private readonly (long Second, long Requests, long Failures)[] _seconds = new (long, long, long)[Kept];

    /// <summary>Counts requests of one second from the start of the run; seconds older than the last four are let go.</summary>
    public void Add(int second, long requests, long failures)
    {
        ref var place = ref _seconds[second % Kept];
        // Second 0 is stored as 1, so that an unused place belongs to no second.
        if (place.Second < second + 1L)
            place = (second + 1L, requests, failures);
        else if (place.Second == second + 1L)
            place = (place.Second, place.Requests + requests, place.Failures + failures);
    }

    /// <summary>Counts what another one counted too.</summary>
    public void Add(SecondCounts other)
    {
        foreach (var (second, requests, failures) in other._seconds)
        {
            if (second > 0)
                Add((int)(second - 1), requests, failures);
        }
    }

    /// <summary>What was counted in a second; zeros when nothing was.</summary>
    public (long Requests, long Failures) At(int second)
    {
        if (second < 0)
            return default;
        var place = _seconds[second % Kept];
        return place.Second == second + 1L ? (place.Requests, place.Failures) : default;
    }
}
