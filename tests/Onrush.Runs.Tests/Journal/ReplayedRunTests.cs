using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class ReplayedRunTests
{
    private static readonly JournalEntry[] Entries = JournalBytes.Played(6);

    [Fact]
    public async Task The_pictures_are_those_of_the_run_one_after_the_other()
    {
        List<string> expected = [], seen = [];
        var fold = new JournalFold();
        foreach (var entry in Entries)
        {
            fold.Apply(entry);
            if (entry is ShownEntry)
                expected.Add(fold.Snapshot().Text());
        }

        var run = new ReplayedRun(new MemoryStream(JournalBytes.Of(Entries)), double.PositiveInfinity, TimeProvider.System);
        run.Plan.ShouldNotBeNull().LoadTest.ShouldBe("coupon.cs");
        run.SecondFolded += snapshot => seen.Add(snapshot.Text());
        await run.RunAsync();
        seen.ShouldBe(expected);
        run.Snapshot.Phase.ShouldBe(RunPhase.Stopped);
        run.IsCut.ShouldBeFalse();
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_stands_behind_the_last_picture_of_a_killed_run_is_shown()
    {
        var killed = Entries[..^4].Where((e, i) => !(e is ShownEntry && i > Entries.Length - 9)).ToArray();
        var run = new ReplayedRun(new MemoryStream(JournalBytes.Of(killed)), double.PositiveInfinity, TimeProvider.System);
        await run.RunAsync();
        run.Snapshot.Aggregated.Requests.ShouldBe(12);
    }

    [Fact]
    public async Task It_takes_as_long_as_it_is_to_take()
    {
        var time = new Waits();
        var run = new ReplayedRun(new MemoryStream(JournalBytes.Of(Entries)), 4, time);
        await run.RunAsync();
        time.Waited.ShouldBe([0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.5], tolerance: 1e-9);
    }

    [Fact]
    public async Task It_can_be_stopped()
    {
        var run = new ReplayedRun(new MemoryStream(JournalBytes.Of(Entries)), 1e-6, TimeProvider.System);
        var playing = run.RunAsync();
        run.Stop("enough");
        await playing.WaitAsync(TimeSpan.FromSeconds(60));
        run.IsCut.ShouldBeTrue();
    }

    // A clock that stands still, so that each wait is counted from the beginning, and whose timers are over at once.
    private sealed class Waits : TimeProvider
    {
        public List<double> Waited { get; } = [];

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited.Add(dueTime.TotalSeconds);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
