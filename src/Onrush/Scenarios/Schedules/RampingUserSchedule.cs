namespace Onrush.Scenarios;

/// <summary>
/// Users along straight lines, as k6's ramping users: one step per user. In a stage from F to E users that lasts D, step j of |E - F| is due at
/// j * D / |E - F|, up and down: the user of slot F + j - 1 starts when the line reaches its number, the one of slot F - j stops when the line has
/// passed it, one unit later than the mirror image. A stage without length jumps. The users of the start all come at 0.
/// <code>
/// users      from 0 to 3 in 3 s, to 0 in 3 s: starts at 1, 2, 3 s; stops at 4, 5, 6 s
///   3              ______
///   2        _____|      |____
///   1   ____|                 |____
///       1    2    3      4    5    6 s
/// </code>
/// </summary>
internal sealed class RampingUserSchedule : IUserSchedule
{
    private readonly Ramp[] _ramps;
    private readonly int _startUsers;

    /// <param name="startUsers">Users at 0.</param>
    /// <param name="stages">Length in nanoseconds and users at the end of each stage.</param>
    public RampingUserSchedule(int startUsers, IEnumerable<(long LengthNs, int Target)> stages)
    {
        _startUsers = startUsers;
        MostUsers = startUsers;
        Steps = startUsers;
        var ramps = new List<Ramp>();
        var users = startUsers;
        foreach (var (lengthNs, target) in stages)
        {
            if (target != users)
                ramps.Add(new Ramp(Steps, RegularEndNs, lengthNs, users, target));
            Steps += Math.Abs(target - users);
            RegularEndNs += lengthNs;
            users = target;
            MostUsers = Math.Max(MostUsers, users);
        }

        _ramps = [.. ramps];
    }

    public int MostUsers { get; }

    public long Steps { get; }

    public long RegularEndNs { get; }

    public UserStep Step(long i)
    {
        if (i < _startUsers)
            return new UserStep(0, (int)i, Start: true);
        var low = 0;
        var high = _ramps.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_ramps[middle].FirstStep <= i)
                low = middle;
            else
                high = middle - 1;
        }

        return _ramps[low].Step(i);
    }

    public int UsersAt(long elapsedNs)
    {
        if (elapsedNs < 0)
            return 0;
        var users = _startUsers;
        foreach (var ramp in _ramps)
        {
            if (ramp.StartNs > elapsedNs)
                break;
            users = ramp.UsersAt(elapsedNs);
        }

        return users;
    }

    private readonly record struct Ramp(long FirstStep, long StartNs, long LengthNs, int From, int To)
    {
        public int UsersAt(long elapsedNs)
        {
            long steps = Math.Abs(To - From);
            var done = LengthNs == 0 ? steps : Math.Min(steps, (long)((Int128)(elapsedNs - StartNs) * steps / LengthNs));

            // Due times are rounded down, so one step more may be due already.
            if (done < steps && Step(FirstStep + done).DueNs <= elapsedNs)
                done++;
            return To > From ? From + (int)done : From - (int)done;
        }

        public UserStep Step(long i)
        {
            var done = (int)(i - FirstStep) + 1;
            var dueNs = StartNs + (long)((Int128)LengthNs * done / Math.Abs(To - From));
            return To > From ? new UserStep(dueNs, From + done - 1, Start: true) : new UserStep(dueNs, From - done, Start: false);
        }
    }
}
