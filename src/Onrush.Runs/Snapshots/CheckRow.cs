namespace Onrush.Runs;

/// <summary>A check of the load test: a line of the checks table.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Group">Path of the groups around it, for instance <c>::login::form</c>; empty outside of all groups.</param>
/// <param name="Name">Name of the check; <c>(other)</c> past the limit on different ones.</param>
/// <param name="Passes">How often it passed.</param>
/// <param name="Fails">How often it failed.</param>
public sealed record CheckRow(string Scenario, string Group, string Name, long Passes, long Fails)
{
    /// <summary>Share of the checks that passed, 0 to 1; 1 when nothing was checked.</summary>
    public double PassRatio => Passes + Fails == 0 ? 1 : (double)Passes / (Passes + Fails);
}
