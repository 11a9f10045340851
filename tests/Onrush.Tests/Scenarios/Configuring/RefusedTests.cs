using System.Text;
using static Onrush.Tests.Scenarios.Configuring.ConfigureTests;

namespace Onrush.Tests.Scenarios.Configuring;

/// <summary>Every configuration that is refused, with its message, in one golden file.</summary>
public sealed class RefusedTests
{
    private static readonly Executor Good = Executor.ConstantUsers(1, "1s");

    private static readonly (string What, Action<LoadTestBuilder> Configure)[] Cases =
    [
        ("no name", test => test.Scenario<Buyer>("", Good)),
        ("name with a space", test => test.Scenario<Buyer>("at peak", Good)),
        ("name with a letter beyond ASCII", test => test.Scenario<Buyer>("größe", Good)),
        ("two of one name", test => test.Scenario<Buyer>("peak", Good).Scenario<Looker>("peak", Good)),
        ("unknown user class", test => test.Scenario<Stranger>("peak", Good)),
        ("abstract user class", test => test.Scenario<AnyUser>("peak", Good)),
        ("no executor", test => test.Scenario<Buyer>("peak", null!)),
        ("startTime that is none", test => test.Scenario<Buyer>("peak", Good, startTime: "soon")),
        ("startTime below 0", test => test.Scenario<Buyer>("peak", Good, startTime: TimeSpan.FromSeconds(-1))),
        ("startTime beyond a year", test => test.Scenario<Buyer>("peak", Good, startTime: "400d")),
        ("gracefulStop that is none", test => test.Scenario<Buyer>("peak", Good, gracefulStop: "-1s")),
        ("tag without a name", test => test.Scenario<Buyer>("peak", Good, tags: [("", "x")])),
        ("tag without a value", test => test.Scenario<Buyer>("peak", Good, tags: [("page", "")])),
        ("tag of the system", test => test.Scenario<Buyer>("peak", Good, tags: [("scenario", "x")])),
        ("tag twice", test => test.Scenario<Buyer>("peak", Good, tags: [("page", "a"), ("page", "b")])),
        ("after nothing known", test => test.Scenario<Buyer>("warm", Good).Scenario<Buyer>("peak", Good, after: "warn")),
        ("after itself", test => test.Scenario<Buyer>("peak", Good, after: "peak")),
        ("cycle of after", test => test.Scenario<Buyer>("a", Good, after: "c").Scenario<Buyer>("b", Good, after: "a").Scenario<Buyer>("c", Good, after: "b")),
        ("after what never ends", test => test.Scenario("all", Executor.UsersAndSpawnRate(10)).Scenario<Buyer>("peak", Good, after: "all")),

        ("entry with parameters", test => test.Scenario<Buyer>("peak", user => user.Pay, Good)),
        ("entry that passes arguments", test => test.Scenario<Buyer>("peak", user => () => user.Pay(5), Good)),
        ("entry of another object", test => test.Scenario<Buyer>("peak", user => user.Field, Good)),
        ("entry that is static", test => test.Scenario<Buyer>("peak", _ => Buyer.Shared, Good)),
        ("entry that returns a number", test => test.Scenario<Buyer>("peak", user => user.Count, Good)),
        ("entry that nobody can wait for", test => test.Scenario<Buyer>("peak", user => user.Forget, Good)),
        ("entry that the engine calls", test => test.Scenario<Buyer>("peak", user => user.OnStartAsync, Good)),
        ("entry that is of every object", test => test.Scenario<Buyer>("peak", user => user.GetHashCode, Good)),

        ("users-and-spawn-rate: users", Only(Executor.UsersAndSpawnRate(-1))),
        ("users-and-spawn-rate: spawnRate", Only(Executor.UsersAndSpawnRate(1, 0))),
        ("users-and-spawn-rate: runTime", Only(Executor.UsersAndSpawnRate(1, 1, "0s"))),
        ("shared-iterations: users", Only(Executor.SharedIterations(users: 0))),
        ("shared-iterations: iterations", Only(Executor.SharedIterations(users: 10, iterations: 9))),
        ("shared-iterations: maxDuration", Only(Executor.SharedIterations(maxDuration: "500ms"))),
        ("per-user-iterations: users", Only(Executor.PerUserIterations(users: -3))),
        ("per-user-iterations: iterations", Only(Executor.PerUserIterations(iterations: 0))),
        ("per-user-iterations: too many", Only(Executor.PerUserIterations(users: 1_000_000, iterations: 1_000_000_000_000))),
        ("per-user-iterations: maxDuration", Only(Executor.PerUserIterations(maxDuration: "ten minutes"))),
        ("constant-users: users", Only(Executor.ConstantUsers(0, "1s"))),
        ("constant-users: duration", Only(Executor.ConstantUsers(1, "0.9s"))),
        ("ramping-users: startUsers", Only(Executor.RampingUsers(-1, [("1s", 1)]))),
        ("ramping-users: no stages", Only(Executor.RampingUsers(1, []))),
        ("ramping-users: null stages", Only(Executor.RampingUsers(1, null!))),
        ("ramping-users: stage duration", Only(Executor.RampingUsers(1, [("1s", 1), ("x", 1)]))),
        ("ramping-users: negative stage", Only(Executor.RampingUsers(1, [(TimeSpan.FromSeconds(-1.5), 1)]))),
        ("ramping-users: half a user", Only(Executor.RampingUsers(1, [("1s", 2.5)]))),
        ("ramping-users: negative target", Only(Executor.RampingUsers(1, [("1s", -2)]))),
        ("ramping-users: no length", Only(Executor.RampingUsers(1, [("0s", 2)]))),
        ("ramping-users: too long", Only(Executor.RampingUsers(1, [("300d", 2), ("300d", 3)]))),
        ("ramping-users: nobody", Only(Executor.RampingUsers(0, [("1s", 0)]))),
        ("ramping-users: gracefulRampDown", Only(Executor.RampingUsers(1, [("1s", 2)], gracefulRampDown: ""))),
        ("constant-arrival-rate: rate 0", Only(Executor.ConstantArrivalRate(0, "1s"))),
        ("constant-arrival-rate: rate below the precision", Only(Executor.ConstantArrivalRate(1e-10, "1s"))),
        ("constant-arrival-rate: rate is no number", Only(Executor.ConstantArrivalRate(double.NaN, "1s"))),
        ("constant-arrival-rate: rate is endless", Only(Executor.ConstantArrivalRate(double.PositiveInfinity, "1s"))),
        ("constant-arrival-rate: duration", Only(Executor.ConstantArrivalRate(1, "999ms"))),
        ("constant-arrival-rate: timeUnit", Only(Executor.ConstantArrivalRate(1, "1s", timeUnit: "0s"))),
        ("constant-arrival-rate: maxUsers", Only(Executor.ConstantArrivalRate(1, "1s", maxUsers: 0))),
        ("constant-arrival-rate: preAllocatedUsers", Only(Executor.ConstantArrivalRate(1, "1s", preAllocatedUsers: -1))),
        ("constant-arrival-rate: preAllocatedUsers over maxUsers", Only(Executor.ConstantArrivalRate(1, "1s", maxUsers: 5, preAllocatedUsers: 6))),
        ("constant-arrival-rate: whenBusy", Only(Executor.ConstantArrivalRate(1, "1s", whenBusy: (WhenBusy)7))),
        ("constant-arrival-rate: queueLimit", Only(Executor.ConstantArrivalRate(1, "1s", queueLimit: -1))),
        ("ramping-arrival-rate: startRate", Only(Executor.RampingArrivalRate(-1, [("1s", 1)]))),
        ("ramping-arrival-rate: no stages", Only(Executor.RampingArrivalRate(1, []))),
        ("ramping-arrival-rate: target", Only(Executor.RampingArrivalRate(1, [("1s", 1), ("1s", -0.5)]))),
        ("ramping-arrival-rate: nothing ever", Only(Executor.RampingArrivalRate(0, [("1s", 0)]))),
        ("ramping-arrival-rate: timeUnit", Only(Executor.RampingArrivalRate(1, [("1s", 1)], timeUnit: "never"))),

        ("threshold without a metric", test => test.Threshold(" ", "rate<1")),
        ("threshold without a rule", test => test.Threshold("http_reqs", "")),
        ("threshold: delayAbort", test => test.Threshold("http_reqs", "count>1", delayAbort: "a while")),
        ("limits without a limit", test => test.CheckLimits()),
        ("limits: failed", test => test.CheckLimits(failed: 1.5)),
        ("limits: interrupted", test => test.CheckLimits(interrupted: -0.1)),
        ("limits: dropped", test => test.CheckLimits(dropped: double.NaN)),
    ];

    [Fact]
    public void Each_has_a_message_of_one_line()
    {
        var text = new StringBuilder();
        foreach (var (what, configure) in Cases)
        {
            var thrown = Should.Throw<LoadTestException>(() => Configure(configure), what);
            thrown.Message.ShouldNotContain('\n');
            thrown.Line.ShouldNotBeNull(what);
            text.Append($"{what}\n    {thrown.Message}\n");
        }

        Golden.Check(text.ToString(), "refused");
    }

    private static Action<LoadTestBuilder> Only(Executor executor) => test => test.Scenario<Buyer>("peak", executor);
}
