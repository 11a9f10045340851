using System.Text.Json.Nodes;
using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

/// <summary>Makes journals in memory.</summary>
internal static class JournalBytes
{
    /// <summary>The header and a frame for each entry.</summary>
    public static byte[] Of(params IEnumerable<JournalEntry> entries)
    {
        var (encoder, to) = (new JournalEncoder(), new PackedWriter());
        JournalFormat.Header().CopyTo(to.Reserve(JournalFormat.HeaderSize));
        foreach (var entry in entries)
            encoder.Append(entry, to);
        return to.Bytes.ToArray();
    }

    /// <summary>All that a short run writes, with reports from anywhere.</summary>
    public static IEnumerable<JournalEntry> Run(params IEnumerable<IntervalReport> reports)
    {
        var now = FakeWorker.StartUnixMs;
        yield return new PlanEntry(now, new RunPlan(new JsonObject { ["loadTest"] = "coupon.cs", ["users"] = 10, ["host"] = "http://127.0.0.1" }));
        yield return new RosterEntry(now, new RosterChange("w1", 1, true, 2, "machine"));
        yield return new ChangeEntry(now, Fold.Started);
        foreach (var report in reports)
        {
            now = report.EndUnixMs;
            yield return new ReportEntry(now, report);
            yield return new WorkersEntry(now, [new WorkerStanding("w1", WorkerCondition.Running) { Users = 10, CpuPercent = 12.5, MemoryBytes = 1 << 20 }]);
            yield return new ShownEntry(now);
            yield return new LogEntry(now, new LogLine(now, "warning", "something happened"));
            yield return new TargetMetricsEntry(now, new TargetMetrics(now, "exporter", new Dictionary<string, double> { ["cpu"] = 0.5 }));
        }

        yield return new ChangeEntry(now, new RunChange(now, RunPhase.Stopped, 0, 5, "The run time is over."));
        yield return new ShownEntry(now);
        yield return new VerdictEntry(now, new RunVerdict(0, "PASSED.", new RunFigures(3, 10, 6, 0, 1.5)));
    }

    /// <summary>The same with reports of a worker that plays so many seconds.</summary>
    public static JournalEntry[] Played(int seconds)
    {
        var worker = new FakeWorker();
        return [.. Run([.. Enumerable.Range(0, seconds).Select(i => worker.Requests(2, ms: 1 + i, name: $"/{i % 5}").Report())])];
    }
}
