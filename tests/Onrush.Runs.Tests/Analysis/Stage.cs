using Onrush.Measurement;

namespace Onrush.Runs.Tests.Analysis;

/// <summary>
/// Plays a <see cref="Scene"/>, event by event: users that wait and ask, a target that queues and answers, a network that repeats lost connects. What comes
/// out went through real recorders, reports and folds.
/// </summary>
internal sealed class Stage
{
    private readonly Scene _scene;
    private readonly Random _random;
    private readonly PriorityQueue<Action, double> _events = new();
    private readonly Queue<Action> _queue = new();
    private readonly FakeWorker[] _workers;
    private readonly SortedDictionary<(double Start, long Number), Action>[] _open;
    private readonly int[] _users;
    private double _now;
    private long _number;
    private int _working;
    private int _connections;
    private int _idle;

    private Stage(Scene scene, int seed)
    {
        (_scene, _random) = (scene, new Random(seed));
        _workers = [.. Enumerable.Range(1, scene.Workers).Select(i => new FakeWorker($"w{i}") { Users = 0, Spawning = true })];
        _open = [.. _workers.Select(_ => new SortedDictionary<(double, long), Action>())];
        _users = new int[scene.Workers];
    }

    /// <summary>The run as it stands at its end, or at an earlier second.</summary>
    public static RunSnapshot Play(Scene scene, int seed, int? until = null) => new Stage(scene, seed).Run(until);

    private RunSnapshot Run(int? until)
    {
        var state = new RunState();
        state.Apply(new RunChange(FakeWorker.StartUnixMs, RunPhase.Running, _scene.Users, _scene.SpawnRate));
        if (_scene.ArrivalRate > 0)
            At(0, () => Arrive(0));
        else
        {
            for (int i = 0; i < _scene.Users && i / _scene.SpawnRate < _scene.Seconds; i++)
                Spawn(i);
        }

        int seconds = until ?? _scene.Seconds;
        for (int second = 1; second <= seconds; second++)
        {
            while (_events.TryPeek(out _, out double due) && due < second)
            {
                var next = _events.Dequeue();
                _now = due;
                next();
            }

            _now = second;
            for (int w = 0; w < _workers.Length; w++)
                state.Apply(Report(w));
        }

        long endMs = FakeWorker.StartUnixMs + seconds * 1000L;
        if (until is null)
            End(state, endMs);
        return state.Snapshot(endMs) with { Rules = _scene.Rules };
    }

    private void End(RunState state, long endMs)
    {
        state.Apply(new RunChange(endMs, RunPhase.Stopping, 0, _scene.SpawnRate, "The run time is over."));
        foreach (var cancel in _open.SelectMany(o => o.Values).ToList())
            cancel();
        Array.Clear(_users);
        for (int w = 0; w < _workers.Length; w++)
        {
            _workers[w].Users = 0;
            state.Apply(_workers[w].Report(0.1));
        }

        state.Apply(new RunChange(endMs + 100, RunPhase.Stopped, 0, _scene.SpawnRate, "The run time is over."));
    }

    private IntervalReport Report(int w)
    {
        var worker = _workers[w];
        double busy = _scene.Busy(_now);
        worker.Busy(busy, busy > 0.8 ? 50 : 20_000);
        worker.Users = _users[w];
        worker.Spawning = _scene.ArrivalRate == 0 && _users.Sum() < _scene.Users;
        worker.OldestMs = _open[w].Count > 0 ? (long)((_now - _open[w].Keys.First().Start) * 1000) : 0;
        return worker.Report();
    }

    private void Spawn(int index) => At(index / _scene.SpawnRate, () =>
    {
        int w = index % _workers.Length;
        _users[w]++;
        _workers[w].Recorder.UserStarted(true);
        Iterate(w, new Connection(), lateNs: -1, () => { }, again: true);
    });

    // A schedule: whoever is free takes the iteration, and there may be only so many users.
    private void Arrive(long k)
    {
        At((k + 1) / _scene.ArrivalRate, () => Arrive(k + 1));
        var recorder = _workers[0].Recorder;
        int scenario = recorder.Scenario("s");
        recorder.IterationOffered(scenario);
        if (_idle > 0)
            _idle--;
        else if (_users[0] < _scene.Users)
            _users[0]++;
        else
        {
            recorder.IterationsDropped(scenario, 1);
            return;
        }

        Iterate(0, new Connection { IsOpen = !_scene.ConnectEachTime }, lateNs: 1000, () => _idle++, again: false);
    }

    private void Iterate(int w, Connection connection, long lateNs, Action done, bool again)
    {
        double started = _now;
        var (name, factor) = _scene.Endpoints[_random.Next(_scene.Endpoints.Length)];
        Request(w, connection, name, factor, () =>
        {
            var recorder = _workers[w].Recorder;
            recorder.Iteration(recorder.Scenario("s"), (long)((_now - started) * 1e9), lateNs, failed: false);
            done();
            if (again)
                At(_now + _scene.Wait.From + (_scene.Wait.To - _scene.Wait.From) * _random.NextDouble(), () => Iterate(w, connection, lateNs, done, again));
        });
    }

    private void Request(int w, Connection connection, string name, double factor, Action ended)
    {
        double start = _now;
        var entry = (start, ++_number);
        bool over = false;
        double connecting = 0;
        int series = _workers[w].Begin(name);
        _open[w].Add(entry, () => End(Outcome.Cancelled, 0));
        At(start + _scene.Timeout, () => End(Outcome.ReadTimeout, 0));
        if (_scene.Fails(start, _random) is { } failure)
            At(start + failure.Ms / 1000, () => End(failure.Outcome, failure.Outcome == Outcome.Status ? (short)500 : (short)0));
        else if (connection.IsOpen)
            Ask();
        else
            Connect(0);

        void Connect(double lost)
        {
            if (_queue.Count >= _scene.Backlog && lost < 16)
            {
                double wait = lost + 1;
                At(_now + wait, () => Connect(lost + wait));
                return;
            }

            connecting = lost + (_scene.ConnectMs + _scene.TlsMs) * (0.7 + 0.6 * _random.NextDouble()) / 1000;
            if (!_scene.ConnectEachTime && _connections >= _scene.Connections)
            {
                // Either nobody looks at it, or it is closed at once.
                if (_scene.TurnsAway)
                    At(_now + 0.001, () => End(Outcome.Reset, 0));
                else if (double.IsFinite(_scene.ConnectTimeout))
                {
                    connecting = 0;
                    At(_now + _scene.ConnectTimeout, () => End(Outcome.ConnectTimeout, 0));
                }

                return;
            }

            _connections++;
            connection.IsOpen = !_scene.ConnectEachTime;
            At(_now + connecting - lost, Ask);
        }

        void Ask()
        {
            if (_working < _scene.Width)
                Work();
            else
                _queue.Enqueue(Work);
        }

        void Work()
        {
            _working++;
            double slower = 1 + _scene.Convoy * _queue.Count;
            double ms = _scene.ServiceMs(_now, _random) * factor * slower * (w == _workers.Length - 1 ? _scene.LastWorker : 1) * Math.Exp(_scene.Spread * Normal());
            Finish(_now + ms / 1000);
        }

        void Finish(double due) => At(due, () =>
        {
            // A target that stands still finishes everything when it goes on.
            if (_scene.Frozen(_now))
            {
                Finish(_now + 0.01);
                return;
            }

            _working--;
            End(Outcome.Success, _scene.Status(_random));
            while (_working < _scene.Width && _queue.TryDequeue(out var next))
                next();
        });

        void End(Outcome outcome, short status)
        {
            if (over)
                return;
            over = true;
            _open[w].Remove(entry);
            _workers[w].End(series, (_now - start) * 1000, outcome, outcome is Outcome.Success or Outcome.Cancelled ? null : $"{outcome}", new RequestSample
            {
                Status = status,
                ConnectNs = (long)((connecting - _scene.TlsMs / 1000 * (connecting > 0 ? 1 : 0)) * 1e9) is var ns and > 0 ? ns : 0,
                TlsNs = connecting > 0 ? (long)(_scene.TlsMs * 1e6) : 0,
            });
            if (outcome != Outcome.Cancelled)
                ended();
        }
    }

    private void At(double seconds, Action action) => _events.Enqueue(action, seconds);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private sealed class Connection
    {
        public bool IsOpen { get; set; }
    }
}
