using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>Asks a load shape once a second and says what changes. Knows no clock: the engine tells it the time.</summary>
internal sealed class ShapeTicker(LoadShape shape, IReadOnlyList<UserClass> classes)
{
    private ShapeTick? _last;

    /// <summary>Asks the shape.</summary>
    /// <param name="runTime">Time since the start of the run.</param>
    /// <param name="currentUsers">Number of users that run now.</param>
    /// <exception cref="LoadTestException">The shape threw, or wants what cannot be.</exception>
    public ShapeChange Ask(TimeSpan runTime, int currentUsers)
    {
        shape.RunTime = runTime;
        shape.CurrentUsers = currentUsers;
        ShapeTick? tick;
        try
        {
            tick = shape.Tick();
        }
        catch (Exception e)
        {
            throw new LoadTestException($"{Name} failed after {Duration.Format(runTime)}: {e.GetType().Name}: {e.Message}", e);
        }

        if (tick is null)
            return new ShapeChange(ShapeChangeKind.End, null);

        Check(tick);
        if (tick.Equals(_last))
            return new ShapeChange(ShapeChangeKind.None, tick);

        _last = tick;
        return new ShapeChange(ShapeChangeKind.Ramp, tick);
    }

    private string Name => shape.GetType().DisplayName();

    private void Check(ShapeTick tick)
    {
        if (tick.Users < 0)
            throw new LoadTestException($"{Name} wants {tick.Users} users: a number of users is not below 0.");
        if (!(tick.SpawnRate > 0) || double.IsInfinity(tick.SpawnRate))
            throw new LoadTestException(FormattableString.Invariant($"{Name} wants the spawn rate {tick.SpawnRate}: a rate is a number of users per second above 0."));
        if (tick.UserClasses.FirstOrDefault(wanted => classes.All(user => user.Type != wanted)) is { } unknown)
            throw new LoadTestException($"{Name} wants users of {unknown.DisplayName()}, which is not among the user classes that run.");
    }
}

/// <summary>What a second of a load shape brings.</summary>
internal enum ShapeChangeKind
{
    /// <summary>What is wanted is as before.</summary>
    None,

    /// <summary>A new ramp starts now and replaces the one that may be under way.</summary>
    Ramp,

    /// <summary>The run ends.</summary>
    End,
}

/// <summary>The answer of a load shape.</summary>
/// <param name="Kind">What it brings.</param>
/// <param name="Wanted">What is wanted; null at the end.</param>
internal readonly record struct ShapeChange(ShapeChangeKind Kind, ShapeTick? Wanted);
