namespace Onrush.Scenarios;

/// <summary>
/// What whoever steers a run tells the workers about one scenario. Together with the plan this is all that a worker needs to know: it says nothing of single
/// users, and each worker computes its part. Immutable.
/// </summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="AtNs">Instant from which it holds, in nanoseconds of the monotonic clock; a little ahead, so that every loop has it in time.</param>
internal abstract record ScenarioOrder(string Scenario, long AtNs);

/// <summary>The scenario starts with what its executor says.</summary>
internal sealed record StartOrder(string Scenario, long AtNs) : ScenarioOrder(Scenario, AtNs);

/// <summary>Users come or go at a rate.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="AtNs">Instant from which it holds.</param>
/// <param name="From">Users that the order before has at that instant.</param>
/// <param name="Target">Users at the end.</param>
/// <param name="Rate">Users per second, above 0.</param>
/// <param name="FirstIndex">Users that all orders before have started, so that numbers go on.</param>
/// <param name="LengthNs">Nanoseconds to the regular end; <see cref="long.MaxValue"/> without one.</param>
/// <param name="Only">Indices of the classes that the users who start are of, among the classes of the run; null takes all of the scenario.</param>
internal sealed record RampOrder(
    string Scenario, long AtNs, int From, int Target, double Rate, long FirstIndex, long LengthNs, IReadOnlyList<int>? Only = null) : ScenarioOrder(Scenario, AtNs);

/// <summary>Users follow other lines.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="AtNs">Instant from which it holds.</param>
/// <param name="From">Users that the order before has at that instant.</param>
/// <param name="Stages">The lines up to the regular end, by nanoseconds and users.</param>
internal sealed record LinesOrder(string Scenario, long AtNs, int From, IReadOnlyList<(long LengthNs, int Target)> Stages) : ScenarioOrder(Scenario, AtNs);

/// <summary>Iterations are due by another schedule, up to its regular end.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="AtNs">Instant from which it holds.</param>
/// <param name="Executor">The executor as it is from then on.</param>
internal sealed record ArrivalOrder(string Scenario, long AtNs, ArrivalRateExecutor Executor) : ScenarioOrder(Scenario, AtNs);

/// <summary>The scenario ends as at its regular end.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="AtNs">Instant from which it holds.</param>
internal sealed record EndOrder(string Scenario, long AtNs) : ScenarioOrder(Scenario, AtNs);
