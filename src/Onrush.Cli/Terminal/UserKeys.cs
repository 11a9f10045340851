using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>The keys that change the number of users while a run goes on, as Locust has them. For one thread.</summary>
internal sealed class UserKeys(IRunControl run)
{
    // What was asked for last: a snapshot follows up to a second later, and keys come faster than that.
    private int? _asked;

    /// <summary>Hands the change to the run; the rate stays what it was. Other keys do nothing.</summary>
    public void Press(char key)
    {
        int change = key switch
        {
            'w' => 1,
            'W' => 10,
            's' => -1,
            'S' => -10,
            _ => 0,
        };
        if (change == 0)
            return;
        RunSnapshot now = run.Snapshot;
        _asked = Math.Max(0, (_asked ?? now.TargetUsers) + change);
        run.ChangeUsers(_asked.Value, now.SpawnRate > 0 ? now.SpawnRate : 1);
    }

    /// <summary>Tells that there is a new snapshot: from here on its number of users counts, once it is the one that was asked for.</summary>
    public void Follow(RunSnapshot snapshot)
    {
        if (snapshot.TargetUsers == _asked)
            _asked = null;
    }
}
