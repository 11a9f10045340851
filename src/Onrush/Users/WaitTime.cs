using Onrush.Engine;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// What lies between two tasks of a user. <see cref="Constant"/>, <see cref="Between"/>, <see cref="Exponential"/> and the custom ones
/// are think time: a wait after each task. <see cref="ConstantPacing"/> and <see cref="ConstantThroughput"/> are schedules: they
/// decide when the next task is due to start, and times are then also measured from that instant.
/// </summary>
public readonly struct WaitTime : IEquatable<WaitTime>
{
    private const double LongestSeconds = 1e9;

    private readonly Rule _rule;
    private readonly double _first;
    private readonly double _second;
    private readonly Delegate? _custom;

    private WaitTime(Rule rule, double first, double second = 0, Delegate? custom = null)
    {
        _rule = rule;
        _first = first;
        _second = second;
        _custom = custom;
    }

    private enum Rule : byte
    {
        Unset,
        Constant,
        Between,
        Exponential,
        Custom,
        CustomOfUser,
        Pacing,
        Throughput,
    }

    /// <summary>True for the default value: a task set then waits as its user does, and a user does not wait.</summary>
    internal bool IsUnset => _rule == Rule.Unset;

    /// <summary>True when the rule says when an iteration is due, false for think time.</summary>
    internal bool IsScheduled => _rule >= Rule.Pacing;

    /// <summary>True for a schedule that makes up for starts that were missed.</summary>
    internal bool CatchesUp => _rule == Rule.Throughput;

    /// <summary>
    /// Mean seconds between two tasks: of the wait itself, or from start to start of a schedule. Null for what the load test works out itself.
    /// </summary>
    internal double? MeanSeconds => _rule switch
    {
        Rule.Between => (_first + _second) / 2,
        Rule.Throughput => 1 / _first,
        Rule.Custom or Rule.CustomOfUser => null,
        _ => _first,
    };

    /// <summary>Nanoseconds between two starts of a schedule; a longer one than any run must not turn over into the past.</summary>
    internal double PeriodNs => Math.Min(_rule == Rule.Throughput ? 1 / _first : _first, LongestSeconds) * MonotonicClock.Second;

    /// <summary>The same wait after each task.</summary>
    /// <param name="seconds">Seconds, not below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or no number.</exception>
    public static WaitTime Constant(double seconds) => new(Rule.Constant, Checked(seconds, nameof(seconds)));

    /// <summary>A wait between two bounds, each length as likely as the other, drawn anew after each task.</summary>
    /// <param name="minSeconds">Shortest wait in seconds, not below 0.</param>
    /// <param name="maxSeconds">Longest wait in seconds, not below <paramref name="minSeconds"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or no number, or the bounds are the wrong way round.</exception>
    public static WaitTime Between(double minSeconds, double maxSeconds)
    {
        Checked(minSeconds, nameof(minSeconds));
        Checked(maxSeconds, nameof(maxSeconds));
        if (maxSeconds < minSeconds)
            throw new ArgumentOutOfRangeException(nameof(maxSeconds), maxSeconds, $"The longest wait is below the shortest, {minSeconds} s.");
        return new(Rule.Between, minSeconds, maxSeconds);
    }

    /// <summary>A wait drawn from the exponential distribution, as between independent arrivals.</summary>
    /// <param name="meanSeconds">Mean in seconds, not below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or no number.</exception>
    public static WaitTime Exponential(double meanSeconds) => new(Rule.Exponential, Checked(meanSeconds, nameof(meanSeconds)));

    /// <summary>A wait that the load test works out itself after each task.</summary>
    /// <param name="seconds">Gives the wait in seconds, not below 0. A bad number or an exception counts as an error of the user, which then waits a second.</param>
    public static WaitTime Custom(Func<double> seconds)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        return new(Rule.Custom, 0, custom: seconds);
    }

    /// <summary>A wait that the load test works out after each task for the user that is about to wait.</summary>
    /// <param name="seconds">Gives the wait of that user in seconds, not below 0. A bad number or an exception counts as an error of the user, which then waits a second.</param>
    public static WaitTime Custom(Func<User, double> seconds)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        return new(Rule.CustomOfUser, 0, custom: seconds);
    }

    /// <summary>
    /// Tasks start this far apart. A task that takes longer is followed at once by the next, and the schedule goes on from there: as
    /// in Locust, starts that were missed are not made up for.
    /// </summary>
    /// <param name="seconds">Seconds from start to start, not below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or no number.</exception>
    public static WaitTime ConstantPacing(double seconds) => new(Rule.Pacing, Checked(seconds, nameof(seconds)));

    /// <summary>
    /// Each user starts this many tasks per second: task k is due at the first start + k / n. Unlike in Locust, starts that were
    /// missed while the target stalled follow one after the other without a wait until the schedule is met again.
    /// </summary>
    /// <param name="tasksPerSecond">Starts per second and user, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0, negative or no number.</exception>
    public static WaitTime ConstantThroughput(double tasksPerSecond)
    {
        if (!(tasksPerSecond > 0) || double.IsInfinity(tasksPerSecond))
            throw new ArgumentOutOfRangeException(nameof(tasksPerSecond), tasksPerSecond, "A throughput is a number of tasks per second above 0.");
        return new(Rule.Throughput, tasksPerSecond);
    }

    /// <inheritdoc/>
    public bool Equals(WaitTime other) => _rule == other._rule && _first.Equals(other._first) && _second.Equals(other._second) && _custom == other._custom;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WaitTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_rule, _first, _second);

    /// <summary>Whether both are the same rule with the same numbers.</summary>
    public static bool operator ==(WaitTime left, WaitTime right) => left.Equals(right);

    /// <summary>Whether the rules or their numbers differ.</summary>
    public static bool operator !=(WaitTime left, WaitTime right) => !left.Equals(right);

    /// <summary>Draws one think time.</summary>
    internal long ThinkNs(User user)
    {
        var seconds = _rule switch
        {
            Rule.Constant => _first,
            Rule.Between => _first + (_second - _first) * user.Sequence.NextDouble(),
            Rule.Exponential => -_first * Math.Log(1 - user.Sequence.NextDouble()),
            Rule.Custom => CheckedResult(((Func<double>)_custom!)()),
            Rule.CustomOfUser => CheckedResult(((Func<User, double>)_custom!)(user)),
            _ => 0,
        };
        return (long)(Math.Min(seconds, LongestSeconds) * MonotonicClock.Second);
    }

    private static double Checked(double seconds, string parameter) => seconds >= 0 && !double.IsInfinity(seconds)
        ? seconds
        : throw new ArgumentOutOfRangeException(parameter, seconds, "A wait is a number of seconds from 0.");

    private static double CheckedResult(double seconds) => seconds >= 0 && !double.IsInfinity(seconds)
        ? seconds
        : throw new InvalidOperationException(FormattableString.Invariant($"The custom wait time gave {seconds}; a wait is a number of seconds from 0."));
}
