using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Results.Requests;

namespace Onrush.Outputs.Pipeline;

/// <summary>
/// From the requests of a run to the queue of an output, on the thread of the feed. Requests of warm-ups are left out; until the run has said which
/// scenarios are, requests are kept. What the loops found no room for is in the account as dropped.
/// </summary>
internal sealed class RequestPipe(IRequestEncoder encoder, OutputPipeline pipeline) : IRequestReader
{
    // The first second of a run, at more requests than one loop makes.
    private const int MostEarly = 1 << 18;

    private const string TooSlow = "requests came faster than this machine could write each of them down";

    private readonly Action<OutputBatch> _take = pipeline.Add;
    private List<RequestEntry>? _early = [];
    private volatile IReadOnlySet<string>? _warmUps;
    private long _dropped;
    private long _lost;

    /// <summary>Says which scenarios are warm-ups. A thread of the run.</summary>
    public void Follow(IReadOnlyList<ScenarioRow> scenarios)
    {
        if (_warmUps is null || scenarios.Count > 0)
            _warmUps = scenarios.Where(scenario => scenario.WarmUp).Select(scenario => scenario.Name).ToHashSet();
    }

    /// <inheritdoc/>
    public void Take(in RequestEntry entry)
    {
        if (_warmUps is { } warmUps)
        {
            Early(warmUps);
            Write(entry, warmUps);
        }
        else if (_early!.Count < MostEarly)
        {
            _early.Add(entry);
        }
        else
        {
            _lost++;
        }
    }

    /// <inheritdoc/>
    public void Pause(long dropped)
    {
        _lost += dropped - _dropped;
        _dropped = dropped;
        if (_lost > 0)
            pipeline.Lost(_lost * encoder.RecordsOfLost, TooSlow);
        _lost = 0;
        if (_warmUps is { } warmUps)
            Early(warmUps);
        Guarded(() => encoder.Rest(_take));
    }

    /// <summary>Hands on what is left, once the feed has finished.</summary>
    public void End()
    {
        Early(_warmUps ?? new HashSet<string>());
        Guarded(() => encoder.End(_take));
    }

    private void Early(IReadOnlySet<string> warmUps)
    {
        if (_early is not { } early)
            return;
        _early = null;
        foreach (var entry in early)
            Write(entry, warmUps);
    }

    private void Write(in RequestEntry entry, IReadOnlySet<string> warmUps)
    {
        if (warmUps.Contains(entry.Series.Scenario))
            return;
        try
        {
            encoder.Add(entry, _take);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            pipeline.Broken(exception, encoder.RecordsOfLost);
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            pipeline.Broken(exception, 1);
        }
    }
}
