namespace Onrush;

/// <summary>What a run has given, once it is over and everything is counted: for <see cref="LoadTest.OnTestEndAsync"/> and <see cref="LoadTest.Summarize"/>.</summary>
public sealed class RunSummary
{
    private readonly Func<string, MetricSummary> _metric;
    private readonly List<string> _failed = [];
    private readonly Lock _gate = new();
    private bool _judged;

    internal RunSummary(Func<string, MetricSummary> metric) => _metric = metric;

    /// <summary>Start of the run.</summary>
    public DateTimeOffset StartTime { get; internal init; }

    /// <summary>Time from the start of the run to the end of its last request.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>Why the run ended.</summary>
    public string StopReason { get; internal init; } = "";

    /// <summary>Largest number of users at one time.</summary>
    public int PeakUsers { get; internal init; }

    /// <summary>Requests finished, good or failed.</summary>
    public long Requests { get; internal init; }

    /// <summary>Requests that failed.</summary>
    public long Failures { get; internal init; }

    /// <summary>Failed share of the finished requests, from 0 to 1.</summary>
    public double FailureRatio => Requests == 0 ? 0 : (double)Failures / Requests;

    /// <summary>Requests cut by the end of the run; in no other figure.</summary>
    public long Cancelled { get; internal init; }

    /// <summary>Iterations finished.</summary>
    public long Iterations { get; internal init; }

    /// <summary>Iterations that an exception ended.</summary>
    public long FailedIterations { get; internal init; }

    /// <summary>Exceptions that user code threw.</summary>
    public long Exceptions { get; internal init; }

    /// <summary>Whether the generator itself was the limit in at least one second.</summary>
    public bool IsGeneratorBound { get; internal init; }

    /// <summary>What the generator says of itself, in one sentence.</summary>
    public string Generator { get; internal init; } = "";

    /// <summary>What each endpoint gave, by name, then method, then scenario.</summary>
    public IReadOnlyList<EndpointSummary> Endpoints { get; internal init; } = [];

    /// <summary>What went wrong, the most frequent first.</summary>
    public IReadOnlyList<FailureSummary> FailureTexts { get; internal init; } = [];

    /// <summary>The thresholds and limits of the run and what became of them.</summary>
    public IReadOnlyList<ThresholdSummary> Thresholds { get; internal init; } = [];

    /// <summary>What was handed to <see cref="Fail"/>, in order.</summary>
    public IReadOnlyList<string> FailedInvariants
    {
        get
        {
            lock (_gate)
                return [.. _failed];
        }
    }

    /// <summary>The values of a metric.</summary>
    /// <param name="selector">The metric as in a threshold: <c>http_req_duration{name:call coupon}</c>.</param>
    /// <exception cref="ArgumentException">There is no such metric, or it cannot be filtered by such a tag.</exception>
    public MetricSummary Metric(string selector)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(selector);
        return _metric(selector);
    }

    /// <summary>Says that something that must hold does not: the run fails. To be called in <see cref="LoadTest.OnTestEndAsync"/>, as often as needed.</summary>
    /// <param name="reason">What does not hold.</param>
    /// <exception cref="InvalidOperationException">The run is judged already.</exception>
    public void Fail(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        lock (_gate)
        {
            if (_judged)
                throw new InvalidOperationException("The run is judged already: Fail is for OnTestEndAsync.");
            _failed.Add(reason.Trim());
        }
    }

    /// <summary>Nothing can change the verdict any more.</summary>
    internal void Close()
    {
        lock (_gate)
            _judged = true;
    }
}
