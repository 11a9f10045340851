namespace Onrush.Runs;

/// <summary>What kind of event a mark on the charts stands for.</summary>
internal enum RunMarkKind
{
    /// <summary>The number of users or the spawn rate was changed.</summary>
    Users,

    /// <summary>The end was asked for.</summary>
    Stop,

    /// <summary>The totals were begun anew.</summary>
    Reset,

    /// <summary>The rate of a scenario was changed.</summary>
    Rate,
}

/// <summary>Something that happened at one instant of a run, for the charts.</summary>
/// <param name="AtSeconds">When, in seconds from the start of the run.</param>
/// <param name="Kind">What.</param>
/// <param name="Text">The same in words.</param>
internal sealed record RunMark(double AtSeconds, RunMarkKind Kind, string Text);
