using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>The times of a series in the order of a journal, and which of them are alike.</summary>
internal static class SeriesTimes
{
    /// <summary>All of them; the order is part of the format.</summary>
    public static readonly RequestTime[] All = Enum.GetValues<RequestTime>();

    /// <summary>A time before it that lies in nearly the same buckets; null for none.</summary>
    public static RequestTime? Like(RequestTime time) => time switch
    {
        RequestTime.SuccessDuration => RequestTime.Success,
        RequestTime.FailureDuration => RequestTime.Failure,
        RequestTime.FromDue => RequestTime.Success,
        RequestTime.Wait => RequestTime.SuccessDuration,
        _ => null,
    };

    /// <summary>Number of values that a time is likely to have.</summary>
    public static long Expected(RequestTime time, ReadOnlySpan<long> outcomes)
    {
        long failed = 0;
        for (var i = 0; i < outcomes.Length; i++)
            failed += OutcomeTable.IsFailure((Outcome)i) ? outcomes[i] : 0;
        var succeeded = outcomes[(int)Outcome.Success];
        return time switch
        {
            RequestTime.Success or RequestTime.SuccessDuration => succeeded,
            RequestTime.Failure or RequestTime.FailureDuration => failed,
            _ => succeeded + failed,
        };
    }
}
