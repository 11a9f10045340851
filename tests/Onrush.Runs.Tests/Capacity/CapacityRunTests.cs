using Onrush.Measurement;
using Onrush.Runs.Capacity;

namespace Onrush.Runs.Tests.Capacity;

public class CapacityRunTests
{
    private static readonly CapacityPlan Plan = new(CapacityMetric.Users, SloRule.Parse("p(95)<1000,failed<1%")) { StepTime = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task It_finds_the_400_users_of_200_threads_at_half_a_second()
    {
        var target = new MadeUpRun();
        var result = await target.SearchAsync(Plan);
        result.IsComplete.ShouldBeTrue(result.Text);
        result.Low.ShouldBeInRange(380, 400);
        result.High!.Value.ShouldBeInRange(400, 420);
        result.Text.ShouldContain("p(95)<1000 is 1");
        // 200 users have all the threads there are.
        result.Knee.ShouldNotBeNull().Load.ShouldBeInRange(180, 220);
        result.Text.ShouldEndWith("users, at 400/s.");
        target.StopReason.ShouldBe("The capacity search is over.");
        target.Lines.Count.ShouldBe(result.Steps.Count + 1);
    }

    [Fact]
    public async Task After_a_level_that_broke_the_load_goes_down_until_the_target_is_calm()
    {
        var target = new MadeUpRun();
        await target.SearchAsync(Plan);
        int broke = target.Changes.FindIndex(c => c == 640);
        target.Changes[broke + 1].ShouldBe(320);
        target.Changes[broke + 2].ShouldBe(640);
    }

    [Fact]
    public async Task A_generator_that_is_the_limit_ends_it_and_says_what_held()
    {
        var result = await new MadeUpRun { Bound = users => users > 150 }.SearchAsync(Plan with { Rules = SloRule.Parse("p(95)<550") });
        result.IsGeneratorBound.ShouldBeTrue();
        result.Low.ShouldBe(160);
        result.Text.ShouldContain("generator was the limit at 320 users");
    }

    [Fact]
    public async Task Where_nothing_comes_back_a_level_is_broken()
    {
        var result = await new MadeUpRun { Answers = false }.SearchAsync(Plan);
        result.Low.ShouldBe(0);
        result.Text.ShouldBe("Not even 1 user hold with p(95)<1000, failed<1%: nothing came back.");
    }

    [Fact]
    public async Task A_run_that_is_stopped_gives_what_is_known_so_far()
    {
        var result = await new MadeUpRun { EndAt = 40 }.SearchAsync(Plan);
        result.IsComplete.ShouldBeFalse();
        result.Low.ShouldBeGreaterThan(0);
        result.Text.ShouldStartWith("The search was stopped; so far the target holds");
    }

    // 200 threads of half a second: response time and rate follow from the users, second by second.
    private sealed class MadeUpRun : IRunControl
    {
        private readonly List<RunSecond> _seconds = [];
        private int _users = 10;

        public List<int> Changes { get; } = [];

        public List<string> Lines { get; } = [];

        public string? StopReason { get; private set; }

        public Func<int, bool> Bound { get; init; } = _ => false;

        public bool Answers { get; init; } = true;

        public int EndAt { get; init; } = int.MaxValue;

        public event Action<RunSnapshot>? SecondFolded
        {
            add { }
            remove { }
        }

        public RunSnapshot Snapshot => RunSnapshot.Empty;

        public Task<CapacityResult> SearchAsync(CapacityPlan plan) => new CapacityRun(this, plan, null, Lines.Add, Next).SearchAsync();

        public void ChangeUsers(int users, double spawnRate)
        {
            Changes.Add(users);
            _users = users;
        }

        public void ChangeScenario(string scenario, ScenarioChange change) => throw new NotSupportedException();

        public void Stop(string reason) => StopReason = reason;

        public void Abort(string reason) => StopReason = reason;

        private Task<RunSnapshot> Next()
        {
            double ms = Math.Max(500, _users / 400.0 * 1000);
            var histogram = new Histogram(new ChunkPool());
            int requests = Answers ? (int)(_users / ms * 1000) : 0;
            for (int i = 0; i < requests; i++)
                histogram.Add((long)(ms * 1e6));
            _seconds.Add(new RunSecond
            {
                StartSecond = _seconds.Count, Users = _users, Requests = requests, Iterations = requests, InFlight = _users, Distribution = HistogramData.From(histogram),
                GeneratorBound = Bound(_users),
            });
            var phase = _seconds.Count >= EndAt ? RunPhase.Stopping : RunPhase.Running;
            return Task.FromResult(new RunSnapshot { Phase = phase, RunTime = TimeSpan.FromSeconds(_seconds.Count), Users = _users, InFlight = _users, Seconds = [.. _seconds] });
        }
    }
}
