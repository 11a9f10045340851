using System.IO.Compression;
using System.Text;
using Onrush.Measurement;
using Onrush.Runs.Results;
using Onrush.Runs.Results.Requests;

namespace Onrush.Runs.Tests.Results.Requests;

public class RequestLogTests
{
    [Theory]
    [InlineData("a.jtl", false, "a.jtl", "a-2.jtl")]
    [InlineData("a.csv", false, "a.csv", "a-2.csv")]
    [InlineData("a.jtl.gz", true, "a.jtl.gz", "a-2.jtl.gz")]
    [InlineData("a.gz", true, "a.gz", "a-2.gz")]
    [InlineData("a", true, "a.jtl.gz", "a-2.jtl.gz")]
    [InlineData("x.y/a", true, "x.y/a.jtl.gz", "x.y/a-2.jtl.gz")]
    public void The_ending_says_whether_it_is_packed(string name, bool packed, string first, string second)
    {
        var files = RequestLogFiles.Of(name);

        files.IsCompressed.ShouldBe(packed);
        files.PathOf(1).ShouldBe(first);
        files.PathOf(2).ShouldBe(second);
    }

    [Fact]
    public void A_request_is_a_line_of_JMeter()
    {
        var line = new JtlLine();
        var entry = new RequestEntry
        {
            Series = new SeriesKey("peak", "GET", "/hello, \"you\""), Status = 200, EndUnixMs = 1_700_000_000_250, ResponseNs = 250_400_000,
            BlockedNs = 3_000_000, ConnectNs = 3_000_000, WaitNs = 246_500_000, BytesSent = 100, BytesReceived = 150,
        };

        Text(line.Of(entry, 12)).ShouldBe("1700000000000,250,\"/hello, \"\"you\"\"\",200,OK,peak,text,true,,150,100,12,12,null,250,0,3\n");
        entry.Outcome = Outcome.ConnectTimeout;
        entry.Status = 0;
        entry.Message = "two\nlines";
        Text(line.Of(entry, 12)).ShouldBe("1700000000000,250,\"/hello, \"\"you\"\"\",ConnectTimeout,,peak,text,false,two lines,150,100,12,12,null,250,0,3\n");
        JtlLine.Columns.Count(c => c == ',').ShouldBe(16);
    }

    [Fact]
    public void Every_request_is_in_the_files_and_the_export_has_one_heading()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("log-2.jtl.gz"), "of a run before");
        var files = RequestLogFiles.Of(folder.File("log"));
        using var feed = new RequestFeed();
        var log = new RequestLog(files, Assert.Fail, fileBytes: 2000) { Users = 5 };
        Fill(feed, log, 100);

        log.Finish().ShouldBeEmpty();

        log.Requests.ShouldBe(100);
        File.Exists(files.PathOf(3)).ShouldBeTrue("2000 bytes are not enough for a hundred requests");
        for (int number = 1; files.Open(number) is { } stream; number++)
        {
            using var reader = new StreamReader(stream);
            string text = reader.ReadToEnd();
            text.ShouldStartWith(JtlLine.Columns);
            text.Length.ShouldBeLessThanOrEqualTo(2000);
        }
        using var exported = new MemoryStream();
        JtlExport.Write(files, exported);
        var lines = Encoding.UTF8.GetString(exported.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(101);
        lines[0].ShouldBe(JtlLine.Columns.TrimEnd());
        lines.Skip(1).Select(l => l.Split(',')[2]).ShouldBe(Enumerable.Range(0, 100).Select(i => $"/{i}"));
    }

    [Fact]
    public void What_finds_no_room_is_counted_and_told()
    {
        using var folder = new TemporaryFolder();
        var told = new List<string>();
        using var feed = new RequestFeed();
        var log = new RequestLog(RequestLogFiles.Of(folder.File("log.jtl")), told.Add);
        feed.Add(log);
        feed.Start();
        // The ring of a loop that is never emptied in time.
        var full = feed.Rings!.Of(0);
        for (int i = 0; i < 1 << 17; i++)
            Add(full, $"/{i % 10}");
        full.Publish();
        feed.Finish();

        log.Finish().ShouldBeEmpty();

        long written = File.ReadLines(folder.File("log.jtl")).Count() - 1;
        (written + full.Dropped).ShouldBe(1 << 17);
        if (full.Dropped > 0)
            told.ShouldHaveSingleItem().ShouldContain($"{full.Dropped} of {1 << 17} requests are not in");
    }

    [Fact]
    public void A_full_disk_is_told_once_with_what_is_missing()
    {
        if (!File.Exists("/dev/full"))
            Assert.Skip("there is no /dev/full on this system");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("log.jtl"), "/dev/full");
        var told = new List<string>();
        using var feed = new RequestFeed();
        var log = new RequestLog(RequestLogFiles.Of(folder.File("log.jtl")), told.Add);
        Fill(feed, log, 10_000);

        log.Finish().ShouldHaveSingleItem().ShouldMatch(@"^--request-log: .*log\.jtl lacks \d+ of 10000 requests: ");

        told.ShouldHaveSingleItem().ShouldContain("fails: ");
    }

    [Fact]
    public void Everybody_who_asked_gets_every_request_and_the_number_of_those_that_found_no_room()
    {
        using var feed = new RequestFeed();
        feed.Rings.ShouldBeNull("nobody asked yet, and then no loop should fill anything");
        var readers = new[] { new Reader(), new Reader() };
        foreach (var reader in readers)
            feed.Add(reader);
        var ring = feed.Rings!.Of(3);
        for (int i = 0; i < 40_000; i++)
            Add(ring, "/");
        ring.Publish();
        feed.Start();
        feed.Finish();

        ring.Dropped.ShouldBe(40_000 - (1 << 15));
        readers.ShouldAllBe(reader => reader.Taken == 1 << 15 && reader.Dropped == ring.Dropped);
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_refused() =>
        Should.Throw<ResultFileException>(() => new RequestLog(RequestLogFiles.Of("/dev/null/log"), _ => { })).Message.ShouldStartWith("--request-log: ");

    [Fact]
    public void A_log_that_is_gone_is_told_when_it_is_exported() =>
        Should.Throw<IOException>(() => JtlExport.Write(RequestLogFiles.Of("/nowhere/none"), Stream.Null)).Message.ShouldContain("is not there any more");

    [Fact]
    public void Of_a_log_that_was_cut_off_what_can_be_read_is_exported()
    {
        using var folder = new TemporaryFolder();
        var lines = JtlLine.Columns + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i * 7919 % 100_003}\n"));
        using (var gzip = new GZipStream(File.Create(folder.File("log.jtl.gz")), CompressionLevel.Fastest))
            gzip.Write(Encoding.ASCII.GetBytes(lines));
        byte[] packed = File.ReadAllBytes(folder.File("log.jtl.gz"));
        File.WriteAllBytes(folder.File("log.jtl.gz"), packed[..(packed.Length / 2)]);
        using var exported = new MemoryStream();

        JtlExport.Write(RequestLogFiles.Of(folder.File("log.jtl.gz")), exported);

        string text = Encoding.ASCII.GetString(exported.ToArray());
        text.Length.ShouldBeGreaterThan(1000);
        lines.ShouldStartWith(text);
        text.ShouldEndWith("\n");
    }

    private static void Fill(RequestFeed feed, RequestLog log, int count)
    {
        feed.Add(log);
        var ring = feed.Rings!.Of(0);
        for (int i = 0; i < count; i++)
            Add(ring, $"/{i}");
        ring.Publish();
        feed.Start();
        feed.Finish();
    }

    private static void Add(RequestRing ring, string name)
    {
        ref var entry = ref ring.Add(out bool added);
        if (added)
            entry = new RequestEntry { Series = new SeriesKey("s", "GET", name), Status = 200, EndUnixMs = 1_700_000_000_000 };
    }

    private sealed class Reader : IRequestReader
    {
        public int Taken { get; private set; }

        public long Dropped { get; private set; }

        public void Take(in RequestEntry entry) => Taken++;

        public void Pause(long dropped) => Dropped = dropped;
    }

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line);
}
