using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class FrameReaderTests
{
    private static readonly JournalEntry[] Entries = JournalBytes.Played(5);
    private static readonly byte[] Whole = JournalBytes.Of(Entries);

    [Fact]
    public void A_journal_gives_back_its_entries_in_order()
    {
        var reader = new JournalReader(new MemoryStream(Whole));
        foreach (var entry in Entries)
            Text(reader.Next().ShouldNotBeNull()).ShouldBe(Text(entry));
        reader.Next().ShouldBeNull();
        reader.Problems.ShouldBeEmpty();
        reader.Torn.ShouldBeFalse();
        reader.GoodEnd.ShouldBe(Whole.Length);
    }

    [Fact]
    public void Streams_that_give_a_byte_at_a_time_are_read_as_well() => Count(new DripStream(Whole)).ShouldBe(Entries.Length);

    /// <summary>Wherever the writer was killed, everything before is there.</summary>
    [Fact]
    public void A_journal_cut_anywhere_gives_every_entry_that_is_whole()
    {
        var ends = Ends();
        for (var length = JournalFormat.HeaderSize; length <= Whole.Length; length++)
        {
            var reader = new JournalReader(new MemoryStream(Whole, 0, length));
            var count = 0;
            while (reader.Next() is not null)
                count++;
            count.ShouldBe(ends.Count(end => end <= length), $"cut at {length}");
            reader.Torn.ShouldBe(length != JournalFormat.HeaderSize && !ends.Contains(length), $"cut at {length}");
            reader.Problems.ShouldBeEmpty();
            reader.GoodEnd.ShouldBe(ends.Where(end => end <= length).DefaultIfEmpty(JournalFormat.HeaderSize).Max());
        }
    }

    [Fact]
    public void Damage_costs_the_frame_it_lies_in_and_no_other()
    {
        var random = new Random(1);
        var ends = Ends();
        for (var i = 0; i < 1000; i++)
        {
            var bytes = (byte[])Whole.Clone();
            // Not in a report that others refer to.
            var at = random.Next(ends[2], bytes.Length);
            bytes[at] ^= (byte)(1 << random.Next(8));
            var reader = new JournalReader(new MemoryStream(bytes));
            var types = new List<string>();
            while (reader.Next() is { } entry)
                types.Add(entry.GetType().Name);
            var hit = ends.FindIndex(end => at < end);
            if (Entries[hit] is ReportEntry)
                continue;
            types.ShouldBe(Entries.Where((_, index) => index != hit).Select(e => e.GetType().Name), $"byte {at}");
            if (hit < Entries.Length - 1)
                reader.Problems.ShouldHaveSingleItem().ShouldContain("damaged in 1 place");
        }
    }

    [Fact]
    public void Bytes_between_frames_are_passed_over()
    {
        var ends = Ends();
        var junk = new byte[5000];
        new Random(2).NextBytes(junk);
        byte[] bytes = [.. Whole[..ends[3]], .. junk, .. Whole[ends[3]..]];
        var reader = new JournalReader(new MemoryStream(bytes));
        var count = 0;
        while (reader.Next() is not null)
            count++;
        count.ShouldBe(Entries.Length);
        reader.Problems.Count.ShouldBe(1);
    }

    [Fact]
    public void A_damaged_header_costs_nothing_else()
    {
        var bytes = (byte[])Whole.Clone();
        bytes[3] ^= 1;
        Count(new MemoryStream(bytes)).ShouldBe(Entries.Length);
    }

    [Theory]
    [InlineData("using Onrush;\n")]
    [InlineData("")]
    [InlineData("ONRUSHJ\n")]
    public void What_is_no_journal_is_said_to_be_none(string text) =>
        Should.Throw<JournalException>(() => new JournalReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void A_long_file_that_is_no_journal_is_not_read_to_its_end()
    {
        using var endless = new ZeroStream();
        Should.Throw<JournalException>(() => new JournalReader(endless)).Message.ShouldContain("not a journal");
        endless.Given.ShouldBeLessThan(4 << 20);
    }

    [Fact]
    public void A_newer_format_is_refused_with_what_to_do()
    {
        var bytes = (byte[])Whole.Clone();
        bytes[8] = JournalFormat.Version + 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(12), JournalFormat.Checksum(bytes.AsSpan(0, 12)));
        Should.Throw<JournalException>(() => new JournalReader(new MemoryStream(bytes))).Message
            .ShouldBe("the journal has format 2, this version of onrush reads formats up to 1: read it with a newer onrush");
    }

    [Fact]
    public void Unknown_types_are_passed_over_and_newer_versions_are_counted()
    {
        var (packer, to) = (new FramePacker(), new PackedWriter());
        packer.Append(to, (FrameType)200, 1, FakeWorker.StartUnixMs, "something new"u8);
        packer.Append(to, FrameType.Log, 9, FakeWorker.StartUnixMs, "another log"u8);
        byte[] bytes = [.. Whole, .. to.Bytes, .. JournalBytes.Of(Entries)[JournalFormat.HeaderSize..]];
        var reader = new JournalReader(new MemoryStream(bytes));
        var count = 0;
        while (reader.Next() is not null)
            count++;
        count.ShouldBe(2 * Entries.Length);
        reader.Problems.ShouldBe(["1 entries were written by a newer version of onrush and passed over."]);
    }

    [Fact]
    public void A_length_that_is_only_claimed_takes_no_memory()
    {
        var head = new byte[JournalFormat.HeadSize];
        new FrameHead(FrameType.Log, 1, FakeWorker.StartUnixMs, FrameHead.Plain, JournalFormat.MaxContents, 0).Write(head);
        byte[] bytes = [.. Whole, .. Enumerable.Repeat(head, 100).SelectMany(h => h)];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(new MemoryStream(bytes)).ShouldBe(Entries.Length);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2_000_000);
    }

    [Fact]
    public void A_length_unpacked_that_is_a_lie_costs_that_frame_only()
    {
        var packed = new byte[1000];
        System.IO.Compression.BrotliEncoder.TryCompress(new byte[100_000], packed, out var length).ShouldBeTrue();
        foreach (var claimed in new[] { 0, 99_999, 100_001, JournalFormat.MaxContents + 1, -1 })
        {
            byte[] contents = [.. BitConverter.GetBytes(claimed), .. packed[..length]];
            var frame = new byte[JournalFormat.HeadSize + contents.Length];
            new FrameHead(FrameType.Report, 1, FakeWorker.StartUnixMs, FrameHead.Brotli, contents.Length, JournalFormat.Checksum(contents)).Write(frame);
            contents.CopyTo(frame, JournalFormat.HeadSize);
            var reader = new JournalReader(new MemoryStream([.. Whole, .. frame]));
            while (reader.Next() is not null)
            {
            }

            reader.Problems.ShouldBe(["1 interval reports could not be read; what they counted is missing."]);
        }
    }

    [Fact]
    public void Endless_damage_is_given_up()
    {
        var head = new byte[JournalFormat.HeadSize];
        new FrameHead(FrameType.Log, 1, FakeWorker.StartUnixMs, FrameHead.Plain, 8, 1).Write(head);
        byte[] bytes = [.. Whole, .. Enumerable.Repeat(head.Concat(new byte[8]), 5000).SelectMany(h => h)];
        var reader = new JournalReader(new MemoryStream(bytes));
        while (reader.Next() is not null)
        {
        }

        reader.Problems.ShouldContain(p => p.Contains("the rest was not read", StringComparison.Ordinal));
    }

    [Fact]
    public void The_checksum_is_crc32c() => JournalFormat.Checksum("123456789"u8).ShouldBe(0xE3069283);

    private static string Text(JournalEntry entry) => entry switch
    {
        ReportEntry { Report: var report } => $"{entry.UnixMs} {ReportText.Of(report)}",
        TargetMetricsEntry { Metrics: var metrics } => $"{metrics.UnixMs} {metrics.Source} {string.Join(',', metrics.Values)}",
        WorkersEntry { Standings: var standings } => $"{entry.UnixMs} {string.Join(',', standings)}",
        _ => $"{entry}",
    };

    private static int Count(Stream stream)
    {
        var reader = new JournalReader(stream);
        var count = 0;
        while (reader.Next() is not null)
            count++;
        return count;
    }

    private static List<int> Ends()
    {
        List<int> ends = [];
        for (var i = 1; i <= Entries.Length; i++)
            ends.Add(JournalBytes.Of(Entries[..i]).Length);
        return ends;
    }

    private sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }

    private sealed class ZeroStream : MemoryStream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Clear();
            Given += count;
            return count;
        }
    }
}
