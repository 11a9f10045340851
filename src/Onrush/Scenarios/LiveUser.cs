using Onrush.Engine;

namespace Onrush.Scenarios;

/// <summary>A user between its spawn and its end. Owned by its loop.</summary>
/// <param name="User">The load test's side.</param>
/// <param name="Runtime">The engine's side.</param>
/// <param name="Class">Index of its class.</param>
internal sealed record LiveUser(User User, LoopUser Runtime, int Class)
{
    /// <summary>Where it stands in the roster's list.</summary>
    public int Index { get; set; }
}
