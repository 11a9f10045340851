namespace Onrush.Runs.Analysis;

/// <summary>Connections that are made for each request, so that a good part of the time is connecting and handshaking.</summary>
internal static class ConnectionSetUp
{
    private const int Fewest = 100;
    private const double LeastShare = 0.25, LeastPerRequest = 0.5, LeastMs = 0.2;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        var all = analysed.Run.Aggregated;
        double connects = analysed.Points.Sum(p => p.Stages.Connects);
        // The usual connect: one that had to be repeated is another finding.
        double connecting = all.Phases.Connect.MedianMs + all.Phases.Tls.MedianMs;
        if (all.Requests < Fewest || connects < all.Requests * LeastPerRequest || all.All.AverageMs <= 0 || connecting < all.All.AverageMs * LeastShare || connecting < LeastMs)
            yield break;
        yield return new Finding(
            FindingKind.ConnectionSetUp, FindingSeverity.Warning, "Connecting takes a good part of the time",
            $"{Say.Percent(Math.Min(1, connects / all.Requests))} of the requests made a connection of their own: {Say.Ms(connecting)} of {Say.Ms(all.All.AverageMs)} are usually connect and TLS handshake. "
                + "If real clients keep their connections, so should the test (ConnectionReuse), and a target that closes them after each response wastes this time.")
        {
            Evidence =
            [
                new("Connections", Say.Count(connects)), new("Requests", Say.Count(all.Requests)), new("Connect", Say.Ms(all.Phases.Connect.MedianMs)), new("TLS", Say.Ms(all.Phases.Tls.MedianMs)),
            ],
        };
    }
}
