namespace Onrush.Runs.Analysis;

/// <summary>
/// The kinds of findings in the order of cause and effect: of two of the same severity the one further up stands first, and what another one explains
/// stands behind it, however grave it is by itself.
/// </summary>
/// <param name="Id">Its name.</param>
/// <param name="Link">The page that says more, from the root of the repository.</param>
/// <param name="Explains">Kinds that are its consequences.</param>
internal sealed record FindingKind(string Id, string? Link, params IReadOnlyList<string> Explains)
{
    public const string Counts = "counts";
    public const string GeneratorBound = "generator-bound";
    public const string Ports = "ports-exhausted";
    public const string ConnectionLimit = "connection-limit";
    public const string PeriodicPauses = "periodic-pauses";
    public const string Drift = "drift";
    public const string Saturation = "saturation";
    public const string AcceptQueue = "accept-queue";
    public const string Errors = "errors";
    public const string RetryStorm = "retry-storm";
    public const string Stall = "stall";
    public const string LittlesLaw = "littles-law";
    public const string ArrivalsDropped = "arrivals-dropped";
    public const string WorkerDiffers = "worker-differs";
    public const string WorkerClock = "worker-clock";
    public const string ColdStart = "cold-start";
    public const string ConnectionSetUp = "connection-setup";
    public const string Bimodal = "bimodal";
    public const string Ramp = "ramp";
    public const string WaitCapsRate = "wait-caps-rate";
    public const string NoData = "threshold-without-data";
    public const string Redirects = "redirects";
    public const string Caching = "caching";

    private const string Symptoms = "docs/symptoms/";

    private static readonly string[] Slowness = [Saturation, AcceptQueue, Errors, Stall, LittlesLaw, ArrivalsDropped, ColdStart, Bimodal, Ramp];

    /// <summary>All of them, causes first.</summary>
    public static readonly IReadOnlyList<FindingKind> All =
    [
        new(Counts, null),
        new(GeneratorBound, Symptoms + "generator-bound.md", [.. Slowness, PeriodicPauses, Drift, ConnectionSetUp, WorkerDiffers]),
        new(Ports, Symptoms + "many-users.md", Errors, RetryStorm, AcceptQueue, LittlesLaw, Ramp, Bimodal),
        new(ConnectionLimit, Symptoms + "successes-stop.md", [.. Slowness, RetryStorm, PeriodicPauses, Drift]),
        new(PeriodicPauses, Symptoms + "periodic-pauses.md", Stall, Bimodal, LittlesLaw, ColdStart, Ramp, AcceptQueue, ArrivalsDropped),
        new(Drift, Symptoms + "slower-and-slower.md", [.. Slowness]),
        new(Saturation, Symptoms + "saturation.md", AcceptQueue, Errors, RetryStorm, LittlesLaw, ArrivalsDropped, Ramp, Bimodal, Stall),
        new(AcceptQueue, Symptoms + "accept-queue.md", Errors, LittlesLaw, Bimodal, Ramp, ConnectionSetUp, Stall, ColdStart),
        new(Stall, Symptoms + "stall.md", Errors, LittlesLaw, ArrivalsDropped, Bimodal, RetryStorm),
        new(Errors, Symptoms + "requests-fail.md", RetryStorm, Bimodal, LittlesLaw),
        new(RetryStorm, Symptoms + "requests-fail.md"),
        new(LittlesLaw, Symptoms + "successes-stop.md"),
        new(ArrivalsDropped, Symptoms + "rate-too-low.md"),
        new(WorkerDiffers, Symptoms + "one-worker-differs.md", Bimodal),
        new(ColdStart, Symptoms + "slow-first-requests.md", Ramp, Bimodal),
        new(ConnectionSetUp, Symptoms + "slow-first-requests.md", Bimodal),
        new(Bimodal, Symptoms + "two-speeds.md"),
        new(Ramp, Symptoms + "ramp.md"),
        new(WaitCapsRate, Symptoms + "rate-too-low.md"),
        new(WorkerClock, Symptoms + "clocks-differ.md"),
        new(NoData, Symptoms + "threshold-without-data.md"),
        new(Redirects, Symptoms + "not-the-target.md"),
        new(Caching, Symptoms + "not-the-target.md"),
    ];

    private static readonly Dictionary<string, (FindingKind Kind, int Place)> ById = All.Select((kind, place) => (kind, place)).ToDictionary(k => k.kind.Id);

    /// <summary>The kind of a name; null for what is no kind, such as a warning that the run gives itself.</summary>
    public static FindingKind? Find(string id) => ById.TryGetValue(id, out var found) ? found.Kind : null;

    /// <summary>Its place among all of them; unknown ones come last.</summary>
    public static int PlaceOf(string id) => ById.TryGetValue(id, out var found) ? found.Place : All.Count;
}
