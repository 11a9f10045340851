using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Scenarios;

/// <summary>What one loop handed over at the end of an interval.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Interval">What it measured; null when the last half was not returned yet.</param>
/// <param name="UsersByClass">Users alive by index of their class.</param>
/// <param name="Scenarios">How each scenario stands on the loop, in the order of the plan.</param>
/// <param name="Spawning">Whether its users are still on the way to the target.</param>
internal sealed record LoopReading(EngineLoop Loop, LoopInterval? Interval, int[] UsersByClass, ScenarioGauge[] Scenarios, bool Spawning);
