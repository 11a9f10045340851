namespace Onrush.Runs.Results;

/// <summary>From what the run state gives to the document.</summary>
internal static class RunDocumentBuilder
{
    /// <summary>The document of a run as one snapshot shows it.</summary>
    /// <param name="run">The snapshot.</param>
    /// <param name="about">What was run.</param>
    /// <param name="verdict">What it comes to; null before its end.</param>
    /// <param name="findings">What was understood from it; null works it out.</param>
    public static RunDocument Build(RunSnapshot run, AboutDocument about, VerdictDocument? verdict = null, IReadOnlyList<Finding>? findings = null) => new()
    {
        About = about,
        Verdict = verdict,
        Phase = run.Phase,
        StopReason = run.StopReason,
        TakenAt = run.TakenAt.ToUniversalTime(),
        StartTime = run.StartTime?.ToUniversalTime(),
        RunTimeMs = Short(run.RunTime.TotalMilliseconds),
        TargetUsers = run.TargetUsers,
        SpawnRate = Short(run.SpawnRate),
        Users = run.Users,
        UsersByClass = run.UsersByClass,
        UsersStarted = run.UsersStarted,
        UsersFailedOnStart = run.UsersFailedOnStart,
        InFlight = run.InFlight,
        OldestRequestMs = Short(run.OldestRequest.TotalMilliseconds),
        Series = [.. run.Series.Select(Series)],
        Aggregated = Series(run.Aggregated),
        Failures = [.. run.Failures.Select(Failure)],
        Exceptions = [.. run.Exceptions.Select(Exception)],
        Iterations = [.. run.Iterations.Select(Iterations)],
        AllIterations = Iterations(run.AllIterations),
        Targets = [.. run.Targets.Select(Target)],
        Outputs = [.. run.Outputs.Select(OutputDocument.Of)],
        Generator = Generator(run.Generator),
        Workers = [.. run.Workers.Select(worker => WorkerDocument.Of(worker, run.Phase))],
        ConservationErrors = run.Conservation.Errors,
        Warnings = run.Warnings,
        Findings = [.. (findings ?? RunAnalysis.Findings(run)).Select(FindingDocument.Of)],
        Seconds = [.. run.Seconds.Select(Second)],
    };

    /// <summary>A row of the statistics.</summary>
    public static SeriesDocument Series(SeriesRow row) => new()
    {
        Scenario = row.Scenario,
        Method = row.Method,
        Name = row.Name,
        Started = row.Started,
        Requests = row.Requests,
        Failures = row.Failures,
        Cancelled = row.Cancelled,
        InFlight = row.InFlight,
        FailureRatio = Short(row.FailureRatio),
        All = Times(row.All),
        Successes = Times(row.Successes),
        Failed = Times(row.Failed),
        Duration = Times(row.Duration),
        FromDue = row.FromDue is { } fromDue ? Times(fromDue) : null,
        Phases = new PhasesDocument
        {
            Blocked = Times(row.Phases.Blocked),
            Dns = Times(row.Phases.Dns),
            Connect = Times(row.Phases.Connect),
            Tls = Times(row.Phases.Tls),
            Send = Times(row.Phases.Send),
            Wait = Times(row.Phases.Wait),
            Receive = Times(row.Phases.Receive),
        },
        AverageContentLength = Short(row.AverageContentLength),
        BytesSent = row.BytesSent,
        BytesReceived = row.BytesReceived,
        CurrentRps = Short(row.CurrentRps),
        CurrentFailuresPerSecond = Short(row.CurrentFailuresPerSecond),
        TotalRps = Short(row.TotalRps),
        TotalFailuresPerSecond = Short(row.TotalFailuresPerSecond),
        Statuses = [.. row.Statuses.Select(s => new StatusDocument { Status = s.Status, Count = s.Count })],
        Outcomes = [.. row.Outcomes.Select(o => new OutcomeDocument { Outcome = o.Outcome, Count = o.Count })],
    };

    /// <summary>A distribution.</summary>
    public static TimesDocument Times(ResponseTimes times) => new()
    {
        Count = times.Count,
        AverageMs = Short(times.AverageMs),
        MinMs = Short(times.MinMs),
        P50Ms = Short(times.Percentile(0.5)),
        P66Ms = Short(times.Percentile(0.66)),
        P75Ms = Short(times.Percentile(0.75)),
        P80Ms = Short(times.Percentile(0.8)),
        P90Ms = Short(times.Percentile(0.9)),
        P95Ms = Short(times.Percentile(0.95)),
        P98Ms = Short(times.Percentile(0.98)),
        P99Ms = Short(times.Percentile(0.99)),
        P999Ms = Short(times.Percentile(0.999)),
        P9999Ms = Short(times.Percentile(0.9999)),
        MaxMs = Short(times.MaxMs),
    };

    /// <summary>A point of the charts.</summary>
    public static SecondDocument Second(RunSecond point) => new()
    {
        StartSecond = point.StartSecond,
        LengthSeconds = point.LengthSeconds,
        Users = point.Users,
        Requests = point.Requests,
        Failures = point.Failures,
        Cancelled = point.Cancelled,
        Iterations = point.Iterations,
        InFlight = point.InFlight,
        OldestRequestMs = Short(point.OldestRequestMs),
        Times = Times(point.Times),
        BytesSent = point.BytesSent,
        BytesReceived = point.BytesReceived,
        BusyPercent = Short(point.BusyPercent),
        GeneratorBound = point.GeneratorBound,
        SlowTraces = [.. point.SlowTraces.Select(SlowTraceDocument.Of)],
        Rps = Short(point.Rps),
        FailuresPerSecond = Short(point.FailuresPerSecond),
    };

    private static FailureDocument Failure(FailureRow row) => new()
    {
        Scenario = row.Scenario,
        Method = row.Method,
        Name = row.Name,
        Outcome = row.Outcome,
        Message = row.Message,
        Occurrences = row.Occurrences,
        FirstSeen = row.FirstSeen.ToUniversalTime(),
        LastSeen = row.LastSeen.ToUniversalTime(),
    };

    private static ExceptionDocument Exception(ExceptionRow row) => new()
    {
        UserClass = row.UserClass,
        Task = row.Task,
        Type = row.Type,
        Message = row.Message,
        StackTrace = row.StackTrace,
        Count = row.Count,
        FirstSeen = row.FirstSeen.ToUniversalTime(),
        LastSeen = row.LastSeen.ToUniversalTime(),
        Workers = row.Workers,
    };

    private static IterationsDocument Iterations(IterationRow row) => new()
    {
        Scenario = row.Scenario,
        Count = row.Count,
        Failed = row.Failed,
        Duration = Times(row.Duration),
        Lateness = row.Lateness is { } lateness ? Times(lateness) : null,
    };

    private static TargetDocument Target(TargetRow row) => new()
    {
        Source = row.Source,
        Name = row.Name,
        Unit = row.Unit,
        Average = Short(row.Average),
        Min = Short(row.Min),
        Max = Short(row.Max),
        Last = Short(row.Last),
        Points =
        [
            .. row.Points.Select(point => new TargetPointDocument
            {
                StartSecond = point.StartSecond,
                LengthSeconds = point.LengthSeconds,
                Average = Short(point.Average),
                Min = Short(point.Count == 0 ? null : point.Min),
                Max = Short(point.Count == 0 ? null : point.Max),
            }),
        ],
    };

    private static double? Short(double? value) => value is { } number ? Short(number) : null;

    private static GeneratorDocument Generator(GeneratorHealth health) => new()
    {
        Text = health.Text,
        IsBound = health.IsBound,
        BoundSeconds = health.BoundSeconds,
        BoundSpans = [.. health.BoundSpans.Select(s => new SpanDocument { FromMs = s.From.TotalMilliseconds, ToMs = s.To.TotalMilliseconds })],
        BusyPercent = Short(health.BusyPercent),
        AverageBusyPercent = Short(health.AverageBusyPercent),
        CurrentLagP99Ms = Short(health.CurrentLagP99Ms),
        Lag = Times(health.Lag),
        Canary = Times(health.Canary),
        Added = Times(health.Added),
    };

    // A millionth of a millisecond is the clock's nanosecond; more digits are noise that doubles the size of the file.
    private static double Short(double value) => double.IsFinite(value) ? Math.Round(value, 6) : 0;
}
