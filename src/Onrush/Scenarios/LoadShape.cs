namespace Onrush;

/// <summary>
/// Decides the number of users over time. The engine asks once a second; a ramp that is still under way never delays the next answer,
/// which replaces it. It takes the place of <c>--users</c>, <c>--spawn-rate</c> and <c>--run-time</c>.
/// <code>
/// public sealed class Peak : LoadShape
/// {
///     public override ShapeTick? Tick() => RunTime.TotalSeconds &lt; 60 ? (100, 10) : RunTime.TotalSeconds &lt; 120 ? (1000, 100) : null;
/// }
/// </code>
/// </summary>
public abstract class LoadShape
{
    /// <summary>Time since the start of the run.</summary>
    public TimeSpan RunTime { get; internal set; }

    /// <summary>Number of users that run now.</summary>
    public int CurrentUsers { get; internal set; }

    /// <summary>What is wanted from now on. Null ends the run.</summary>
    public abstract ShapeTick? Tick();
}
