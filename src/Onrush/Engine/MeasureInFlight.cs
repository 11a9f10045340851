namespace Onrush.Engine;

/// <summary>One measured operation of another protocol under way. It has no deadline: its own client sets one.</summary>
/// <param name="series">What it is counted under.</param>
internal sealed class MeasureInFlight(int series) : InFlightEntry
{
    /// <summary>What it is counted under.</summary>
    public int Series { get; } = series;

    /// <inheritdoc/>
    internal override void OnExpired()
    {
    }
}
