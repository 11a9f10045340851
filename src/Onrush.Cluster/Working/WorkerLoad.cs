using System.Collections.Concurrent;
using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Cluster;

/// <summary>The engine of a worker with its share of a run on it. Used by the thread of the run.</summary>
internal sealed class WorkerLoad : IDisposable
{
    private readonly string _worker;
    private readonly WorkerTest _test;
    private readonly WorkerSettings _settings;
    private readonly LoadEngine _engine;
    private readonly Action<string> _stopAsked;
    private readonly Action _changed;
    private readonly ulong _seed;
    private readonly Dictionary<string, long> _orders = [];
    private readonly Dictionary<string, long> _granted = [];
    private PlanRunner? _runner;
    private PlanReporter? _reporter;
    private long _roster;
    private int _ordinal = -1;

    /// <param name="worker">Name of the worker.</param>
    /// <param name="test">What is run.</param>
    /// <param name="settings">How the worker behaves.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="stopAsked">A user wants the run to end; called on its loop.</param>
    /// <param name="changed">Something that may mean the end of a scenario has happened; called on a loop.</param>
    public WorkerLoad(string worker, WorkerTest test, WorkerSettings settings, TimeProvider time, Action<string> stopAsked, Action changed)
    {
        (_worker, _test, _settings, _stopAsked, _changed) = (worker, test, settings, stopAsked, changed);
        _seed = (ulong)(test.Options.Seed ?? Random.Shared.NextInt64());
        _engine = new LoadEngine(EngineSettings.Of(test.Options), time);
        var told = new ConcurrentDictionary<string, bool>();
        test.LoadTest.Events.HandlerFailed += e =>
        {
            var text = $"A handler of the load test failed: {e.GetType().Name}: {e.Message}";
            if (told.TryAdd(text, true))
                EngineLog.Warn(text);
        };
        WarmUp.Compile(test.Classes.Select(user => user.Type));
        if (test.NeedsConnections)
            WarmUp.Begin(_engine.Options).Wait();
    }

    /// <summary>Engine loops.</summary>
    public int Loops => _engine.Options.Loops;

    /// <summary>Whether it has, or had, a share.</summary>
    public bool HasShare => _runner is not null;

    /// <summary>Users alive.</summary>
    public int Alive => _runner?.Alive ?? 0;

    /// <summary>Users that did not end although they were cut.</summary>
    public int Abandoned => _runner?.Abandoned ?? 0;

    /// <summary>How the scenarios that were ordered stand.</summary>
    public ScenarioStatus[] Scenarios => _runner is not { } runner
        ? []
        : [.. _orders.Select(order => new ScenarioStatus(order.Key, order.Value, runner.HasEnded(order.Key), runner.QuotaLeft(order.Key)))];

    /// <summary>Takes up a roster: its own part of it, from its instant on.</summary>
    /// <param name="roster">The roster.</param>
    /// <param name="local">From the coordinator's clock to the monotonic clock here.</param>
    public void Take(Roster roster, Func<long, long> local)
    {
        if (roster.Revision <= _roster || roster.OrdinalOf(_worker) is not (>= 0 and var ordinal))
            return;
        _ordinal = ordinal;
        if (_runner is null)
        {
            // Who was not there from the beginning takes over from others.
            var first = roster.Before.Length == 0 || roster.SharesBefore(ordinal);
            Begin(first ? roster.ShareOf(ordinal) : BucketSet.None, roster);
            if (!first)
                _runner!.Reshare(roster.ShareOf(ordinal), roster.Moved, local(roster.AtNs));
        }
        else
        {
            _runner.Reshare(roster.ShareOf(ordinal), roster.Moved, local(roster.AtNs));
        }

        _roster = roster.Revision;
    }

    /// <summary>Carries out the orders it has not had yet.</summary>
    public void Take(IReadOnlyList<NumberedOrder> orders, Func<long, long> local)
    {
        if (_runner is null)
            return;
        foreach (var (revision, order) in orders)
        {
            if (_orders.GetValueOrDefault(order.Scenario) >= revision)
                continue;
            _orders[order.Scenario] = revision;
            _runner.Apply(order with { AtNs = local(order.AtNs) });
        }
    }

    /// <summary>Takes up what was granted to it of iterations that others have left undone; the figures are sums over the run.</summary>
    public void Take(IReadOnlyList<IterationGrant> grants)
    {
        foreach (var grant in grants.Where(grant => grant.Ordinal == _ordinal && _runner is not null))
        {
            var more = grant.Iterations - _granted.GetValueOrDefault(grant.Scenario);
            if (more <= 0)
                continue;
            _granted[grant.Scenario] = grant.Iterations;
            _runner!.Grant(grant.Scenario, more);
        }
    }

    /// <summary>What the loops measured since the last time; null when there is nothing to say.</summary>
    public IntervalReport? Report(TimeSpan patience) => _reporter?.Take(patience);

    /// <summary>Leaves out what the loops measured so far, which was not the run.</summary>
    public void Discard() => _reporter?.Discard(_settings.ReadPatience);

    /// <summary>Ends everything, with so many nanoseconds for iterations.</summary>
    /// <param name="patience">Time for iterations.</param>
    /// <param name="handsBack">Whether iterations that are left go to other workers.</param>
    public void End(TimeSpan patience, bool handsBack)
    {
        if (handsBack)
            _runner?.HandBack();
        _runner?.End(patience);
    }

    /// <summary>Cuts everybody.</summary>
    public void Kill() => _runner?.Kill();

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private void Begin(BucketSet share, Roster roster)
    {
        var initial = roster.Initial;
        var setup = new RunSetup
        {
            Classes = _test.Definition.Users,
            Seed = _seed,
            Host = _test.Options.Host,
            Events = _test.LoadTest.Events,
            Scope = new RunScope(_ordinal, initial),
            StopTest = _stopAsked,
            Changed = _changed,
            Share = share,
            Worker = _settings.IsLocal ? WorkShare.All : new WorkShare(_ordinal, _settings.MostWorkers),
        };
        _runner = new PlanRunner(_engine, setup, _test.Plan);
        _reporter = new PlanReporter(_runner, _test.Plan, _test.Definition.Users, _worker, incarnation: 1);
        _runner.PrepareAsync().GetAwaiter().GetResult();
    }
}
