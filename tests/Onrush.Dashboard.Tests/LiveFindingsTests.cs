using Onrush.Runs;

namespace Onrush.Dashboard.Tests;

public sealed class LiveFindingsTests
{
    [Fact]
    public async Task Findings_are_looked_for_as_often_as_they_take_a_five_hundredth_of_a_core()
    {
        await using var served = await Served.RunningAsync();
        var time = new Steps();
        var live = new LiveFindings(time);
        // One look takes 10 ms of this clock.
        var first = live.Of(Next());
        time.Now += TimeSpan.TicksPerSecond * 49 / 10;
        live.Of(Next()).ShouldBeSameAs(first);
        time.Now += TimeSpan.TicksPerSecond / 5;
        var view = Next();
        live.Of(view).ShouldBeSameAs(RunAnalysis.Findings(view.Snapshot));
        served.Run.Stop("it is enough");
        var over = RunView.Current(served.Session);
        over.Snapshot.Phase.ShouldBe(RunPhase.Stopped);
        live.Of(over).ShouldBeSameAs(RunAnalysis.Findings(over.Snapshot));

        RunView Next()
        {
            served.Run.Play();
            return RunView.Current(served.Session);
        }
    }

    /// <summary>A clock on which ten milliseconds pass whenever somebody looks.</summary>
    private sealed class Steps : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now += TimeSpan.TicksPerMillisecond * 10;
    }
}
