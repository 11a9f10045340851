using Onrush.Engine;
using Onrush.Runs;
using Onrush.Scenarios;

namespace Onrush.Cluster;

// What workers are told.
internal sealed partial class Coordinator
{
    private int _announcedRamp;
    private int _ramp;

    private void Decide(Func<Directive, Directive> change)
    {
        _directive = change(_directive) with { Epoch = _head.Epoch, Revision = _directive.Revision + 1 };
        _book.Apply(_directive);
        _head.Decide(_directive, _settings.IsLocal ? Task.CompletedTask : Kept());
    }

    // Whoever carries the run on has to know what workers were told.
    private Task Kept()
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _book.WhenKept(() => kept.TrySetResult());
        return kept.Task;
    }

    private void Change(string scenario, ScenarioChange change)
    {
        var atNs = RunClock.Now + Nanoseconds(_settings.OrderLead);
        var before = _director.TargetUsers;
        if (_settings.IsLocal && NeedsConnections && change.Users > before && ProcessLimits.Objection(change.Users.Value, _options.LocalAddresses) is { } objection)
            EngineLog.Warn($"{objection} The number of users stays at {before}.");
        else if (_director.Change(scenario, change, atNs) is { } order)
            Order(() => [order]);
        else
            EngineLog.Warn($"Scenario {scenario} does not run now: it was not changed.");
    }

    /// <summary>Notes which scenarios are over, and starts what waited for them.</summary>
    private void Advance()
    {
        if (_directive.Orders.Count == 0)
            return;
        var left = _director.Scenarios.Count(s => s.EndNs is null);
        var orders = _director.Advance(RunClock.Now + Nanoseconds(_settings.OrderLead), HasEnded, goesOn: _stopReason is null);
        if (orders.Count > 0)
            Order(() => orders);
        else if (_director.Scenarios.Count(s => s.EndNs is null) != left && _stopReason is null)
            Apply(RunPhase.Spawning);
    }

    private bool HasEnded(string scenario) =>
        _directive.Orders.FirstOrDefault(order => order.Order.Scenario == scenario) is { } order && _crew.HasEnded(scenario, order.Revision, _rosterRevision);

    private void AskShapes()
    {
        Order(() => _director.AskShapes(RunClock.Now + Nanoseconds(_settings.OrderLead), _crew.Alive));
        foreach (var name in _director.ShapesOver.ToArray())
        {
            if (_plan.Count == 1)
                _stopReason ??= "The load shape is over.";
            else if (_directive.Orders.FirstOrDefault(order => order.Order.Scenario == name)?.Order is not EndOrder)
                Give([new EndOrder(name, RunClock.Now + Nanoseconds(_settings.OrderLead))]);
        }
    }

    private void Order(Func<List<ScenarioOrder>> decide)
    {
        if (TryGive(decide))
            Apply(RunPhase.Spawning);
    }

    /// <summary>Gives what is decided; what cannot be decided ends the run. False when there was nothing.</summary>
    private bool TryGive(Func<List<ScenarioOrder>> decide)
    {
        try
        {
            var orders = decide();
            if (orders.Count == 0)
                return false;
            Give(orders);
            _ramp++;
        }
        catch (Exception exception)
        {
            // Whatever a load shape leads to ends the run like any other stop: with everything that was measured.
            var text = exception is LoadTestException ? exception.Message : $"The load shape asked for what cannot be done: {exception.Message}";
            EngineLog.Warn(text);
            _stopReason ??= text;
        }

        return true;
    }

    private void Give(IReadOnlyList<ScenarioOrder> orders)
    {
        var revision = _directive.Revision + 1;
        Decide(directive => directive with
        {
            Orders =
            [
                .. directive.Orders.Where(old => orders.All(order => order.Scenario != old.Order.Scenario)),
                .. orders.GroupBy(order => order.Scenario).Select(ofOne => new NumberedOrder(revision, ofOne.Last())),
            ],
        });
    }

    private void AnnounceRamp()
    {
        if (_announcedRamp == _ramp || RunClock.Now < _director.RampEndNs || !HaveAllSpawned)
            return;
        _announcedRamp = _ramp;
        Apply(RunPhase.Running);
        _hooks.SpawningComplete(_crew.Alive);
    }
}
