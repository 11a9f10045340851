using Onrush.Measurement;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;
using Onrush.Runs;

namespace Onrush.Outputs;

/// <summary>The outputs of one run: made and checked before it, fed while it goes on, drained at its end.</summary>
internal sealed class OutputSet : IAsyncDisposable
{
    private static readonly TimeSpan PreparePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly OutputContext _context;
    private readonly WarmUpFilter _warmUps = new();
    private readonly List<IntervalReport> _reports = [];
    private readonly List<OutputPipeline> _pipelines = [];
    private readonly List<RequestPipe> _requests = [];
    private volatile bool _hurried;

    private OutputSet(OutputContext context, IEnumerable<(IOutputSink Sink, PipelineSettings Settings)> made)
    {
        _context = context;
        foreach (var (sink, settings) in made)
        {
            var pipeline = new OutputPipeline(sink, settings);
            _pipelines.Add(pipeline);
            if (sink.Requests is not { } encoder)
                continue;
            var pipe = new RequestPipe(encoder, pipeline);
            _requests.Add(pipe);
            context.Requests!.Add(pipe);
        }
    }

    /// <summary>Whether there is any.</summary>
    public bool IsEmpty => _pipelines.Count == 0;

    /// <summary>The account of each, as of now, in the order in which they were asked for.</summary>
    public IReadOnlyList<OutputLedger> Ledgers => [.. _pipelines.Select(pipeline => pipeline.Ledger)];

    /// <summary>What each has to say at the end, besides its account.</summary>
    public IReadOnlyList<string> Remarks => [.. _pipelines.SelectMany(pipeline => pipeline.Remarks)];

    /// <summary>Makes the outputs and asks each whether it is ready; one that does not answer yet is warned about.</summary>
    /// <param name="specs">What was asked for.</param>
    /// <param name="context">The run.</param>
    /// <exception cref="OutputException">One of them cannot be, or never will.</exception>
    public static async Task<OutputSet> OpenAsync(IReadOnlyList<OutputSpec> specs, OutputContext context)
    {
        List<(IOutputSink Sink, PipelineSettings Settings)> made = [];
        try
        {
            foreach (var spec in specs)
                made.Add(Make(spec, context));
            await Task.WhenAll(made.Select(output => PrepareAsync(output.Sink, context))).ConfigureAwait(false);
            return new OutputSet(context, made);
        }
        catch
        {
            foreach (var (sink, _) in made)
                await sink.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes the outputs and lets go of them again, which finds every mistake that can be found without asking anyone.</summary>
    /// <returns>Their number.</returns>
    /// <exception cref="OutputException">One of them cannot be.</exception>
    public static async Task<int> CheckAsync(IReadOnlyList<OutputSpec> specs, OutputContext context)
    {
        foreach (var spec in specs)
            await Make(spec, context).Sink.DisposeAsync().ConfigureAwait(false);
        return specs.Count;
    }

    /// <summary>Follows a run that has not been started yet.</summary>
    public void Follow(IRunControl run)
    {
        if (IsEmpty)
            return;
        if (run is IReportSource source)
            source.ReportFolded += _reports.Add;
        run.SecondFolded += Add;
    }

    /// <summary>Waits until everything was sent; gives up when the time is over or somebody asks for it.</summary>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="progress">Gets the accounts about ten times a second while it takes longer than a moment.</param>
    /// <param name="abandon">Gives up at once.</param>
    public async Task DrainAsync(TimeSpan timeout, Action<IReadOnlyList<OutputLedger>, TimeSpan>? progress, CancellationToken abandon)
    {
        EndRequests();
        foreach (var pipeline in _pipelines)
            pipeline.End();
        var all = Task.WhenAll(_pipelines.Select(pipeline => pipeline.Completed));
        var began = _context.Time.GetTimestamp();
        while (!all.IsCompleted)
        {
            var left = timeout - _context.Time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || abandon.IsCancellationRequested)
            {
                foreach (var pipeline in _pipelines)
                    pipeline.GiveUp();
                break;
            }

            await Task.WhenAny(all, Task.Delay(left < Beat ? left : Beat, _context.Time, CancellationToken.None)).ConfigureAwait(false);
            if (!all.IsCompleted)
                progress?.Invoke(Ledgers, left);
        }

        await all.ConfigureAwait(false);
    }

    /// <summary>From now on a replay waits for no output: somebody wants its end, or an output has not moved for a minute.</summary>
    public void Hurry() => _hurried = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        EndRequests();
        foreach (var pipeline in _pipelines)
            await pipeline.DisposeAsync().ConfigureAwait(false);
    }

    // The feed must not bring anything more when a queue is closed.
    private void EndRequests()
    {
        if (_requests.Count == 0)
            return;
        _context.Requests!.Finish();
        foreach (var pipe in _requests)
            pipe.End();
        _requests.Clear();
    }

    // On a thread of the run: what is done here is to hand over.
    private void Add(RunSnapshot picture)
    {
        _warmUps.Follow(picture.Scenarios);
        var step = new RunStep([.. _reports.Select(_warmUps.Without)], picture);
        _reports.Clear();
        foreach (var pipe in _requests)
            pipe.Follow(picture.Scenarios);
        foreach (var pipeline in _pipelines)
            pipeline.Add(step);
        if (_context.IsReplay)
            WaitForRoom();
    }

    // A replay comes as fast as a journal can be read, and has all the time there is; a real run waits for nobody.
    private void WaitForRoom()
    {
        var since = _context.Time.GetTimestamp();
        var done = Done;
        while (!_hurried && !_pipelines.All(pipeline => pipeline.HasRoom))
        {
            Task.Delay(Beat, _context.Time).GetAwaiter().GetResult();
            if (Done != done)
                (done, since) = (Done, _context.Time.GetTimestamp());
            else if (_context.Time.GetElapsedTime(since) > Stuck)
                Hurry();
        }
    }

    private long Done => Ledgers.Sum(ledger => ledger.Produced - ledger.Queued);

    private static (IOutputSink Sink, PipelineSettings Settings) Make(OutputSpec spec, OutputContext context)
    {
        var type = OutputTypes.Find(spec, context);
        var options = new OutputOptions(spec);
        var settings = new PipelineSettings
        {
            QueueBytes = options.Bytes("queue", 64L << 20, 1000),
            Timeout = options.Length("timeout", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            Warn = context.Warn,
            Time = context.Time,
            Random = context.Random,
        };
        var sink = type.Make(options, context);
        options.CheckAllRead();
        return (sink, settings);
    }

    private static async Task PrepareAsync(IOutputSink sink, OutputContext context)
    {
        using var limit = new CancellationTokenSource(PreparePatience);
        string? problem;
        try
        {
            problem = await sink.PrepareAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutputException)
        {
            problem = FailureOf.Exception(exception, PreparePatience).Why;
        }

        if (problem is not null)
            context.Warn($"output {sink.Name}: {problem.TrimEnd('.')}. The run goes on; what is measured waits.");
    }
}
