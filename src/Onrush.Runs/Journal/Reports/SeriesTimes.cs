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
}
