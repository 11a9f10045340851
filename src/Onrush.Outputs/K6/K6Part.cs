using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Outputs.K6;

/// <summary>Requests of one series with the same status and the same judgement, which k6 tells apart by tags.</summary>
/// <param name="Status">HTTP status; 0 when there was no response.</param>
/// <param name="Expected">Whether they ended well.</param>
/// <param name="Count">Their number.</param>
internal readonly record struct K6Part(int Status, bool Expected, long Count)
{
    /// <summary>The status as a tag.</summary>
    public string StatusText => Status.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The parts of a series. Statuses and judgements are counted apart, so which status the failed ones had is concluded: those without a response failed, then
    /// the highest statuses from 400 on, then the others. The sums over statuses and over judgements are exact.
    /// </summary>
    public static IReadOnlyList<K6Part> Of(SeriesInterval series)
    {
        List<(int Status, long Count)> statuses = [];
        var answered = 0L;
        foreach (var (status, count) in series.Statuses)
        {
            statuses.Add((status, count));
            answered += count;
        }

        // A response whose end was never read has a status and may have been cancelled: the judgements decide how many there are.
        var finished = series.Succeeded + series.Failed;
        if (finished > answered)
            statuses.Add((0, finished - answered));
        List<K6Part> parts = [];
        var failed = series.Failed;
        var good = series.Succeeded;
        foreach (var (status, count) in statuses.OrderByDescending(one => one.Status switch { 0 => int.MaxValue, >= 400 => one.Status, _ => -one.Status }))
        {
            var bad = Math.Min(failed, count);
            var rest = Math.Min(good, count - bad);
            if (bad > 0)
                parts.Add(new K6Part(status, false, bad));
            if (rest > 0)
                parts.Add(new K6Part(status, true, rest));
            failed -= bad;
            good -= rest;
        }

        return parts;
    }
}
