using Onrush.Engine;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>The users of one scenario on one loop: makes them, lists them, takes them out. Owned by the loop's thread.</summary>
internal sealed class UserPool
{
    private readonly EngineLoop _loop;
    private readonly ScenarioRunner _runner;
    private readonly ScenarioSetup _setup;
    private readonly List<ScenarioUser> _live = [];
    private readonly int[] _counts;
    private readonly Action<LoopUser, string, Exception> _errorRaised;
    private readonly Action<object?> _ended;

    public UserPool(EngineLoop loop, ScenarioRunner runner, ScenarioSetup setup)
    {
        _loop = loop;
        _runner = runner;
        _setup = setup;
        _counts = new int[setup.Run.Classes.Count];
        _ended = user => End((ScenarioUser)user!);
        _errorRaised = (user, task, exception) => setup.Run.Events.Raise(new UserErrorRaised(user.UserClass, user.Number, task, exception));
    }

    /// <summary>Users alive.</summary>
    public int Count => _live.Count;

    /// <summary>Users alive by class.</summary>
    public ReadOnlySpan<int> CountsByClass => _counts;

    /// <summary>Makes a user, which <see cref="Begin"/> sets going. Null when its constructor or a setting of its class threw: counted like a start that failed.</summary>
    public ScenarioUser? Create(int slot, int classIndex, long number, bool isSuccessor = false)
    {
        var userClass = _setup.Run.Classes[classIndex];
        var runtime = new LoopUser(_loop, _runner.ScenarioIndex, userClass.Name, _setup.Run.StopTest) { Number = number, ErrorRaised = _errorRaised };
        _loop.CurrentUser = runtime;
        try
        {
            var user = userClass.Create();
            user.Events = _setup.Run.Events;
            user.Scope = _setup.Run.Scope;
            var made = new ScenarioUser(_runner, user, runtime, classIndex, slot) { Index = _live.Count, IsSuccessor = isSuccessor };
            user.Attach(runtime, userClass, number, _setup.Run.Seed, _setup.Run.Host, _setup.WorkOf(made));
            _live.Add(made);
            _counts[classIndex]++;
            _setup.Alive.Add();
            return made;
        }
        catch (Exception exception)
        {
            runtime.UserError("constructor", exception);
            runtime.UserStarted(false);
            return null;
        }
    }

    /// <summary>Sets a new user going. It may have ended when this returns.</summary>
    public void Begin(ScenarioUser user) => _ = user.User.RunAsync(_ended, user);

    /// <summary>Takes a user out; nothing happens when it is out already.</summary>
    public void End(ScenarioUser user)
    {
        if (user.Runtime.State == UserState.Ended)
            return;
        DeadlineQueue.Remove(user);
        user.Runtime.End();
        _counts[user.Class]--;
        var last = _live[^1];
        _live[user.Index] = last;
        last.Index = user.Index;
        _live.RemoveAt(_live.Count - 1);

        // The runner may make another one in its place: the scenario must not look empty in between.
        _runner.OnEnded(user);
        _setup.Alive.Remove();
    }

    /// <summary>Does something with everybody; each may end meanwhile.</summary>
    public void ForEach(Action<ScenarioUser> action)
    {
        foreach (var user in _live.ToArray())
            action(user);
    }
}
