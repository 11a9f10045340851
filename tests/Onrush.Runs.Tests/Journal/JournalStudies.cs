using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

/// <summary>What a journal costs. The figures stand in docs/internals/journal.md; eng/test --studies makes them anew.</summary>
[Collection(nameof(MemoryTests))]
public sealed class JournalStudies(ITestOutputHelper output)
{
    private const double Megabyte = 1e6;

    public static TheoryData<int, int> Loads => new() { { 1, 1000 }, { 10, 1000 }, { 10, 50_000 }, { 50, 500 }, { 50, 1000 }, { 50, 5000 }, { 50, 50_000 } };

    [Theory(Explicit = true)]
    [MemberData(nameof(Loads))]
    public void Study_of_size_and_cost_of_a_second(int endpoints, int requests)
    {
        const int Warm = 200, Measured = 1000;
        var load = new SimulatedLoad(endpoints, requests, 60);
        var (encoder, bytes, state) = (new JournalEncoder(), new PackedWriter(), Fold.Begun());
        using var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        Play(Warm);
        var before = file.Length;
        var (kept, folded) = Play(Measured);
        output.WriteLine(
            $"{endpoints} endpoints, {requests} requests/s: {(file.Length - before) / Measured} bytes per second; of a core: encoding and writing {Percent(kept)}, "
            + $"folding with the picture {Percent(folded)}");

        // In two passes, since the time that this process had on the processors is known in steps of some milliseconds only.
        (TimeSpan Kept, TimeSpan Folded) Play(int seconds)
        {
            IntervalReport[] reports = [.. Enumerable.Range(0, seconds).Select(_ => load.Next())];
            var start = Environment.CpuUsage.TotalTime;
            foreach (var report in reports)
            {
                bytes.Clear();
                encoder.Append(new ReportEntry(report.EndUnixMs, report), bytes);
                encoder.Append(new ShownEntry(report.EndUnixMs), bytes);
                file.Write(bytes.Bytes);
            }

            var middle = Environment.CpuUsage.TotalTime;
            foreach (var report in reports)
            {
                state.Apply(report);
                state.Snapshot(report.EndUnixMs);
            }

            return (middle - start, Environment.CpuUsage.TotalTime - middle);
        }

        static string Percent(TimeSpan time) => $"{time.TotalSeconds / Measured * 100:0.000} %";
    }

    [Fact(Explicit = true)]
    public void Study_of_ways_to_pack_a_frame()
    {
        const int Frames = 300;
        var (load, encoder) = (new SimulatedLoad(50, 1000, 60), new ReportEncoder());
        byte[][] frames = [.. Enumerable.Range(0, Frames).Select(_ => encoder.Encode(load.Next()).ToArray())];
        var packed = new byte[1 << 20];
        Measure("as it is", frame => frame.Length);
        foreach (var quality in new[] { 1, 4, 5, 6, 9, 11 })
            Measure($"Brotli {quality}", frame => BrotliEncoder.TryCompress(frame, packed, out var length, quality, 18) ? length : throw new InvalidOperationException());
        foreach (var level in new[] { CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize })
            Measure($"Deflate {level}", frame => Deflated(frame, level));

        void Measure(string name, Func<byte[], int> pack)
        {
            pack(frames[0]);
            var start = Environment.CpuUsage.TotalTime;
            var bytes = frames.Sum(pack);
            output.WriteLine($"{name}: {bytes / Frames} bytes, {(Environment.CpuUsage.TotalTime - start).TotalMilliseconds / Frames:0.00} ms of a core");
        }

        static int Deflated(byte[] frame, CompressionLevel level)
        {
            var to = new MemoryStream();
            using (var deflate = new DeflateStream(to, level, leaveOpen: true))
                deflate.Write(frame);
            return (int)to.Length;
        }
    }

    [Fact(Explicit = true)]
    public void Study_of_a_day_with_50_endpoints()
    {
        const int Day = 86_400;
        var path = Path.GetTempFileName();
        try
        {
            Write(path, Day);
            GC.Collect();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            long most = 0;
            var begun = Environment.CpuUsage.TotalTime;
            using var stream = File.OpenRead(path);
            var (reader, fold) = (new JournalReader(stream), new JournalFold());
            for (var entries = 0; reader.Next() is { } entry; entries++)
            {
                fold.Apply(entry);
                if (entries % 10_000 == 0)
                    most = Math.Max(most, GC.GetTotalMemory(false) - before);
            }

            var folded = Environment.CpuUsage.TotalTime - begun;
            var snapshot = fold.Snapshot();
            var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
            using var process = Process.GetCurrentProcess();
            output.WriteLine(
                $"24 h of 50 endpoints at 1000 requests/s: {stream.Length / Megabyte:0} MB, {stream.Length / Day} bytes per second; folded in {folded.TotalSeconds:0} s of a core; "
                + $"{kept / Megabyte:0} MB kept, {most / Megabyte:0} MB at most, process {process.PeakWorkingSet64 / Megabyte:0} MB at its peak; {snapshot.Seconds.Count} points");
            GC.KeepAlive(fold);
            reader.Problems.ShouldBeEmpty();
            snapshot.Aggregated.Requests.ShouldBe(86_400_000);
            kept.ShouldBeLessThan(300_000_000);
            most.ShouldBeLessThan(300_000_000);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Not inlined: what it needs must not be there any more when memory is looked at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write(string path, int seconds)
    {
        var load = new SimulatedLoad(50, 1000, 300);
        using var file = File.Create(path);
        var (encoder, bytes) = (new JournalEncoder(), new PackedWriter());
        file.Write(JournalFormat.Header());
        encoder.Append(new ChangeEntry(FakeWorker.StartUnixMs, Fold.Started), bytes);
        for (var i = 0; i < seconds; i++)
        {
            var report = load.Next();
            encoder.Append(new ReportEntry(report.EndUnixMs, report), bytes);
            encoder.Append(new ShownEntry(report.EndUnixMs), bytes);
            file.Write(bytes.Bytes);
            bytes.Clear();
        }
    }
}
