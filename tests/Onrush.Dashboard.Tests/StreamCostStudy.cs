using System.Diagnostics;
using System.Globalization;
using Onrush.Runs;

namespace Onrush.Dashboard.Tests;

/// <summary>What a second of a run costs the process when somebody looks on: by part, in processor time, for many endpoints and an hour of seconds.</summary>
public sealed class StreamCostStudy
{
    private const int Seconds = 3600, Updates = 60, WarmUp = 60;

    [Theory(Explicit = true)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task An_update_costs(int endpoints)
    {
        await using var served = await Served.StartAsync();
        await served.Session.StartAsync(new StartOptions());
        served.Run.Play(Seconds, endpoints);
        var (findings, made, written, read, bytes) = (new Watch(), new Watch(), new Watch(), new Watch(), 0);
        for (int i = 0; i < Updates + WarmUp; i++)
        {
            if (i == WarmUp)
                (findings, made, written, read) = (new Watch(), new Watch(), new Watch(), new Watch());
            var before = new StreamPosition(served.Session.Current!.Id, served.Run.Snapshot.Seconds[^1].StartSecond);
            served.Run.Play(1, endpoints);
            var view = read.Of(() => RunView.Current(served.Session));
            var found = findings.Of(() => RunAnalysis.Findings(view.Snapshot));
            var update = made.Of(() => StreamEvent.Of(served.Session, view, before, found));
            bytes = written.Of(() => StreamEvent.Encode("run", before, update, bytes)).Length;
        }

        Say($"{endpoints} endpoints: view {read.Mean:0.00}, findings {findings.Mean:0.00}, event {made.Mean:0.00}, JSON {written.Mean:0.00} ms of wall time in one thread; {bytes / 1000.0:0.0} kB");
    }

    private static void Say(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed class Watch
    {
        private TimeSpan _sum;
        private int _count;

        public double Mean => _sum.TotalMilliseconds / _count;

        public T Of<T>(Func<T> act)
        {
            long start = Stopwatch.GetTimestamp();
            var result = act();
            _sum += Stopwatch.GetElapsedTime(start);
            _count++;
            return result;
        }
    }
}
