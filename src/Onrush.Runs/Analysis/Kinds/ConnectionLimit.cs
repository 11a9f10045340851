using Onrush.Measurement;

namespace Onrush.Runs.Analysis;

/// <summary>
/// The target serves a certain number of connections and no more: users beyond it hang, or are turned away, while those before them go on as if nothing
/// was. Told from a queue by requests that grow old while others are answered at once, and from a target that stands still by the number of connections
/// that ever brought an answer, which is that of the users who are served.
/// </summary>
internal static class ConnectionLimit
{
    private const int Fewest = 5;
    private const double Same = 0.06;

    // One connection in a thousand may be made anew.
    private const double Few = 0.001;

    private static readonly Outcome[] TurnedAway = [Outcome.Refused, Outcome.Reset, Outcome.ConnectTimeout, Outcome.Status];

    public static IEnumerable<Finding> Find(AnalysedRun analysed) => Runs.Finding.Perhaps(Hanging(analysed) ?? Turned(analysed) ?? Once(analysed) ?? Kept(analysed));

    private static Finding? Hanging(AnalysedRun analysed)
    {
        var normal = analysed.Run.Aggregated.Successes;
        // What takes ten times as long as 99 of 100 successes is not slow, it hangs.
        double tooOld = Math.Max(3000, 3 * (normal.Count > 0 ? normal.Percentile(0.99) : 0));
        RunSecond[] hanging = [.. analysed.Points.Reverse().TakeWhile(p => p.InFlight > 0 && p.OldestRequestMs > Math.Min(tooOld, OldestOf(p)) && p.OldestRequestMs > 2500).Reverse()];
        hanging = [.. hanging.SkipWhile(p => p.Users < analysed.MostUsers * 0.9)];
        if (hanging.Sum(p => p.LengthSeconds) < Fewest || hanging[^1].OldestRequestMs < tooOld)
            return null;
        double[] served = [.. hanging.Select(p => p.Users - Stuck(p))];
        double limit = Statistics.Median(served);
        int users = hanging[^1].Users;
        double answered = Answered(analysed);
        if (limit < Fewest || users - limit < Math.Max(3, users * 0.02) || Statistics.Variation(served) > Same || Math.Abs(answered - limit) > Math.Max(3, limit * Same))
            return null;
        long number = (long)Math.Round(answered);
        var onset = analysed.Points.FirstOrDefault(p => p.Users >= number) ?? hanging[0];
        return Finding(
            analysed, number, onset,
            $"Successes stop at {Say.Count(number)} connections: as many users are served{(normal.Count > 0 ? $" in {Say.Ms(normal.MedianMs)}" : "")}, the other {Say.Count(users - number)} wait without an answer, the oldest for {Say.Seconds(hanging[^1].OldestRequestMs / 1000)}. "
                + "That is a limit on connections, not on speed: a connection that is kept holds its place though nothing goes over it.",
            [new("In flight", Say.Count(hanging[^1].InFlight)), new("Oldest request", Say.Seconds(hanging[^1].OldestRequestMs / 1000))]);
    }

    private static Finding? Turned(AnalysedRun analysed)
    {
        if (analysed.Points.FirstOrDefault(p => TurnedAway.Sum(o => p.Stages[o]) > 0) is not { } onset || onset.Users < Fewest)
            return null;
        RunSecond[] after = [.. analysed.Points.Where(p => p.StartSecond > onset.StartSecond && p.Users > onset.Users * 1.1)];
        if (after.Length < Fewest || after.Count(p => p.Failures > 0 && p.Failures < p.Requests) < after.Length * 0.8)
            return null;
        double answered = Answered(analysed);
        if (Math.Abs(answered - onset.Users) > Math.Max(3, onset.Users * 0.1) || answered > analysed.MostUsers * 0.95)
            return null;
        long number = (long)Math.Round(answered);
        return Finding(
            analysed, number, onset,
            $"{Say.Count(number)} connections are served; from the moment there were more users ({Say.Clock(onset.StartSecond)}) the rest is turned away. "
                + "That is a limit on connections, not on speed.",
            [new("Turned away", Say.Count(TurnedAway.Sum(o => analysed.Points.Sum(p => p.Stages[o]))))]);
    }

    // Users who call a single time and keep their connection: nothing hangs beside what is answered, since nobody comes back. But from some instant on
    // nobody is answered any more, those who have a connection without an answer wait in vain while the target has nothing to do, and all that ever were
    // answered are as many as the connections that were.
    private static Finding? Once(AnalysedRun analysed)
    {
        RunSecond[] points = [.. analysed.Points];
        int last = Array.FindLastIndex(points, p => p.Requests > p.Failures);
        long good = points.Sum(p => p.Requests - p.Failures), failed = points.Sum(p => p.Failures);
        long hung = points.Sum(p => p.Stages[Outcome.ReadTimeout]);
        long turned = points.Sum(p => p.Stages[Outcome.Refused] + p.Stages[Outcome.Reset] + p.Stages[Outcome.ConnectTimeout]);
        RunSecond[] idle = [.. points.Skip(last + 1).TakeWhile(p => p.InFlight > 0)];
        double answered = Answered(analysed);
        int users = analysed.MostUsers;
        if (hung == 0 || good < Fewest || idle.Sum(p => p.LengthSeconds) < Fewest || hung + turned < Math.Max(3, users * 0.02) || hung + turned < failed * 0.95
            || Math.Abs(answered - good) > Math.Max(3, good * Same) || Math.Abs(good + hung + turned - users) > Math.Max(3, users * Same))
        {
            return null;
        }

        long number = (long)Math.Round(answered);
        return Finding(
            analysed, number, points[last],
            $"Successes stop at {Say.Count(number)} connections: {Say.Count(hung)} more were connected and never answered though nobody else was being served, {Say.Count(turned)} got no connection. "
                + "That is a limit on connections, not on speed: a connection that is kept holds its place though nothing goes over it.",
            [new("Connected, not answered", Say.Count(hung)), new("No connection", Say.Count(turned))]);
    }

    // Users who come back over connections that they keep, while those beyond them give up, on connecting or on the answer, and try again: what is in flight
    // goes up and down with them. But from some instant on no further connection brings an answer, and those that do go on.
    private static Finding? Kept(AnalysedRun analysed)
    {
        double answered = Answered(analysed);
        int users = analysed.MostUsers;
        if (answered < Fewest || users - answered < Math.Max(3, users * 0.02))
            return null;
        RunSecond[] full = [.. analysed.Points.Reverse().TakeWhile(p => Answering(p) <= Math.Max(1, answered * Few) && p.Users >= users * 0.9).Reverse()];
        long good = full.Sum(p => p.Requests - p.Failures), failed = full.Sum(p => p.Failures);
        long without = full.Sum(p => p.Stages[Outcome.ConnectTimeout] + p.Stages[Outcome.ReadTimeout] + p.Stages[Outcome.Refused] + p.Stages[Outcome.Reset]);
        if (full.Sum(p => p.LengthSeconds) < Fewest || good < answered / 2 || without < Math.Max(3, (users - answered) * 0.2) || without < failed * 0.95)
            return null;
        long number = (long)Math.Round(answered);
        return Finding(
            analysed, number, full[0],
            $"Successes stop at {Say.Count(number)} connections: from {Say.Clock(full[0].StartSecond)} on no further one brings an answer while those go on, and the other {Say.Plural(users - number, "user")} gave up {Say.Plural(without, "request")} so far. "
                + "That is a limit on connections, not on speed: a connection that is kept holds its place though nothing goes over it.",
            [new("Given up since then", Say.Count(without)), new("Answered since then", Say.Count(good))]);
    }

    private static Finding Finding(AnalysedRun analysed, long number, RunSecond onset, string text, IReadOnlyList<FindingEvidence> evidence) =>
        new(FindingKind.ConnectionLimit, FindingSeverity.Problem, $"The target serves {Say.Count(number)} connections", text + KnownLimits.Hint(number))
        {
            Evidence = [new("Connections that brought an answer", Say.Count(number)), new("Users", Say.Count(analysed.MostUsers)), .. evidence],
            FromSeconds = onset.StartSecond,
            ToSeconds = AnalysedRun.End(analysed.Points[^1]),
            Charts = [FindingChart.InFlight, FindingChart.Throughput, FindingChart.Users],
        };

    // Requests in flight that those which succeed do not account for.
    private static double Stuck(RunSecond point) => Math.Max(0, point.InFlight - point.Stages.SuccessNs / 1e9 / point.LengthSeconds);

    private static double OldestOf(RunSecond point) => Math.Max(2500, 3 * point.Times.Percentile(0.99));

    private static double Answered(AnalysedRun analysed) => analysed.Points.Sum(Answering);

    // Connections that brought their first answer. A request that gave up while it waited had connected, but nothing came over that connection.
    private static double Answering(RunSecond point) =>
        Math.Max(0, point.Stages.Connects - point.Stages[Outcome.ReadTimeout] - point.Stages[Outcome.Refused] - point.Stages[Outcome.Reset]);
}
