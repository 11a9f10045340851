using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class JournalWriterTests
{
    private readonly FakeFile _file = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public void Everything_is_in_the_file_in_the_order_in_which_it_came()
    {
        var worker = new FakeWorker();
        using (var writer = Writer(JournalSync.Never))
        {
            writer.Changed(Fold.Started);
            for (var i = 0; i < 50; i++)
            {
                writer.Reported(worker.Requests(3).Report());
                writer.Shown(RunSnapshot.Empty with { TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(FakeWorker.StartUnixMs + i * 1000), Rules = [new(RuleKind.Limit, "iterations", $"{i / 10}", true)] });
                writer.Logged("info", $"line {i}");
            }

            writer.Judged(new RunVerdict(0, "PASSED."));
        }

        var folded = JournalFold.Read(new MemoryStream(_file.Bytes));
        folded.Problems.ShouldBeEmpty();
        folded.Snapshot().Aggregated.Requests.ShouldBe(150);
        folded.Lines.Select(line => line.Text).ShouldBe(Enumerable.Range(0, 50).Select(i => $"line {i}"));
        folded.Verdict.ShouldNotBeNull().Text.ShouldBe("PASSED.");
        folded.Snapshot().Rules.ShouldHaveSingleItem().Expression.ShouldBe("4");
        _file.Closed.ShouldBeTrue();
        _warnings.ShouldBeEmpty();
    }

    /// <summary>What comes packed is kept as it is, and names its series anew: reports that are made here must not go on with names from before it.</summary>
    [Fact]
    public void Reports_that_come_packed_stand_among_those_that_are_made_here()
    {
        var random = new RandomReports(11);
        IntervalReport[] reports = [.. Enumerable.Range(0, 60).Select(_ => random.Next())];
        using (var writer = Writer(JournalSync.Never))
        {
            for (var i = 0; i < reports.Length; i++)
                writer.Reported(reports[i], i % 5 is 1 or 2 ? PackedReport.Of(reports[i]) : null);
        }

        var reader = new JournalReader(new MemoryStream(_file.Bytes));
        foreach (var report in reports)
            ReportText.Of(reader.Next().ShouldBeOfType<ReportEntry>().Report).ShouldBe(ReportText.Of(report));
        reader.Next().ShouldBeNull();
        _warnings.ShouldBeEmpty();
    }

    /// <summary>Whether the process is killed or not makes no difference: nothing waits in memory for long.</summary>
    [Fact]
    public void What_was_flushed_is_in_the_file()
    {
        using var writer = Writer(JournalSync.Never);
        writer.Logged("info", "first");
        writer.Flush();
        JournalFold.Read(new MemoryStream(_file.Bytes)).Lines.Count.ShouldBe(1);
    }

    [Fact]
    public void The_disk_is_told_as_often_as_was_asked_for()
    {
        Syncs(JournalSync.Never).ShouldBe(1);
        Syncs(JournalSync.Frame).ShouldBeGreaterThanOrEqualTo(20);
        Syncs(JournalSync.Second).ShouldBeInRange(1, 19);

        int Syncs(JournalSync sync)
        {
            var file = new FakeFile();
            using (var writer = new JournalWriter(file, sync, TimeProvider.System, _ => { }))
            {
                for (var i = 0; i < 20; i++)
                {
                    writer.Logged("info", "x");
                    writer.Flush();
                }
            }

            return file.Syncs;
        }
    }

    [Fact]
    public void A_full_disk_is_told_once_and_what_fits_again_later_is_kept()
    {
        var worker = new FakeWorker();
        using (var writer = Writer(JournalSync.Frame))
        {
            writer.Changed(Fold.Started);
            Seconds(3);
            _file.IsFull = true;
            Seconds(4);
            writer.Problem.ShouldBe("No space left on device");
            _file.IsFull = false;
            Seconds(5);
            writer.Lost.ShouldBe(4);

            void Seconds(int count)
            {
                for (; count > 0; count--)
                {
                    writer.Reported(worker.Requests(1, name: "/a").Report());
                    writer.Flush();
                }
            }
        }

        _warnings.ShouldBe(["The journal of this run is incomplete: No space left on device. The run goes on."]);
        var folded = JournalFold.Read(new MemoryStream(_file.Bytes));
        folded.Problems.ShouldBeEmpty();
        folded.Snapshot().Aggregated.Requests.ShouldBe(8);
        folded.State.At(20).Conservation.Holds.ShouldBeTrue();
        folded.State.Stopped(20).At(20).Conservation.Errors.ShouldContain(e => e.Contains("report 4 to 7 never came", StringComparison.Ordinal));
    }

    [Fact]
    public void A_disk_that_hangs_holds_up_nobody()
    {
        _file.Hang.Reset();
        using var writer = Writer(JournalSync.Never);
        for (var i = 0; i < 5000; i++)
            writer.Logged("info", "x");
        writer.Lost.ShouldBeInRange(1, 4999);
        writer.Problem.ShouldBe("the disk is too slow");
        _file.Hang.Set();
    }

    [Fact]
    public void An_entry_that_cannot_be_kept_costs_no_other()
    {
        using (var writer = Writer(JournalSync.Never))
        {
            writer.Logged("info", "first");
            writer.Logged("info", new string('x', JournalFormat.MaxContents + 1));
            writer.Logged("info", "last");
        }

        JournalFold.Read(new MemoryStream(_file.Bytes)).Lines.Select(line => line.Text).ShouldBe(["first", "last"]);
        _warnings.Count.ShouldBe(1);
    }

    [Fact]
    public void What_comes_after_the_end_is_let_go()
    {
        var writer = Writer(JournalSync.Never);
        writer.Dispose();
        writer.Logged("info", "late");
        writer.Dispose();
        _warnings.ShouldBeEmpty();
    }

    private JournalWriter Writer(JournalSync sync) => new(_file, sync, TimeProvider.System, text =>
    {
        lock (_warnings)
            _warnings.Add(text);
    });

    private sealed class FakeFile : IJournalFile
    {
        private readonly MemoryStream _bytes = new();

        public ManualResetEventSlim Hang { get; } = new(true);

        public volatile bool IsFull;

        public bool Closed { get; private set; }

        public int Syncs { get; private set; }

        public byte[] Bytes => _bytes.ToArray();

        public void Append(ReadOnlySpan<byte> frames)
        {
            Hang.Wait();
            if (IsFull)
                throw new IOException("No space left on device");
            _bytes.Write(frames);
        }

        public void Sync() => Syncs++;

        public void Dispose() => Closed = true;
    }
}
