using Onrush.Runs;

namespace Onrush.Cluster.Tests;

/// <summary>When an iteration ends, whatever its task method stands still for: a response, one after the other, several at once, something else.</summary>
public sealed class TaskMethodTests
{
    public sealed class OneAfterTheOther : FastHttpUser
    {
        [Task]
        public async Task Two()
        {
            await Client.GetAsync("/first");
            await Client.GetAsync("/second");
        }
    }

    public sealed class OneAfterTheOtherByHttpUser : HttpUser
    {
        [Task]
        public async Task Two()
        {
            await Client.GetAsync("/first");
            await Client.GetAsync("/second");
        }
    }

    public sealed class AtOnce : FastHttpUser
    {
        [Task]
        public async Task Two() => await Task.WhenAll(Client.GetAsync("/first").AsTask(), Client.GetAsync("/second").AsTask());
    }

    public sealed class ByAnotherMethod : FastHttpUser
    {
        [Task]
        public async Task Two()
        {
            await GetAsync("/first");
            await Task.Delay(1);
            await GetAsync("/second");
        }

        private async Task GetAsync(string path) => await Client.GetAsync(path);
    }

    public sealed class WithAnswer : FastHttpUser
    {
        [Task]
        public async Task<int> Two()
        {
            await Client.GetAsync("/first");
            return (await Client.GetAsync("/second")).StatusCode;
        }
    }

    public sealed class Thrower : FastHttpUser
    {
        [Task]
        public async Task Two()
        {
            await Client.GetAsync("/first");
            await Client.GetAsync("/second");
            throw new InvalidOperationException("after the response");
        }
    }

    /// <summary>Its first iteration leaves a request behind that is not answered during the test.</summary>
    public sealed class LeavesOneBehind : FastHttpUser
    {
        private Task? _left;

        [Task]
        public async Task Rest()
        {
            _left ??= Client.GetAsync("/left?ms=600000").AsTask();
            await SleepAsync(0.001);
        }
    }

    public static MatrixTheoryData<Transport, Type> Kinds => new(
        OperatingSystem.IsLinux() ? [Transport.Epoll, Transport.Portable] : [Transport.Portable],
        [typeof(OneAfterTheOther), typeof(OneAfterTheOtherByHttpUser), typeof(AtOnce), typeof(ByAnotherMethod), typeof(WithAnswer), typeof(Thrower)]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_iteration_ends_with_its_last_response(Transport transport, Type user)
    {
        await using var harness = new RunHarness(
            transport, new RunOptions { Users = 5, SpawnRate = 100, StopTimeout = TimeSpan.FromSeconds(30) }, user).Start();
        await harness.UntilAsync(snapshot => snapshot.AllIterations.Count > 100);
        harness.Run.Stop("enough");

        var last = await harness.EndAsync();

        last.AllIterations.Count.ShouldBe(harness.Server.Counts["/second"].Answered);
        last.Aggregated.Requests.ShouldBe(harness.Server.Counts["/first"].Answered + harness.Server.Counts["/second"].Answered);
        last.Aggregated.Failures.ShouldBe(0);
        (last.Exceptions.Count > 0).ShouldBe(user == typeof(Thrower));
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task A_request_that_was_left_behind_does_not_keep_its_iteration(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions { Users = 1, SpawnRate = 1 }, typeof(LeavesOneBehind)).Start();

        var snapshot = await harness.UntilAsync(snapshot => snapshot.AllIterations.Count > 20);

        snapshot.InFlight.ShouldBe(1);
        harness.Run.Abort("enough");
        await harness.EndAsync();
    }
}
