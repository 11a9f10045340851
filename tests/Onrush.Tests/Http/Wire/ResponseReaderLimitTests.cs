using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

/// <summary>Limits, at the last byte allowed and one beyond; and what reading costs.</summary>
public class ResponseReaderLimitTests
{
    private const string ChunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(100_000, false)]
    public void A_head_may_have_64_KB(int over, bool valid)
    {
        const string start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ";
        string message = start + new string('x', ResponseReader.MaxHead - start.Length - 4 + over) + "\r\n\r\n";
        Expect(message, valid, "head larger than 64 KB");
        Reading.Of(message).Consumed.ShouldBe(ResponseReader.MaxHead);
    }

    [Fact]
    public void An_endless_head_ends_at_64_KB()
    {
        Expect("HTTP/1.1 200 " + new string('x', 70_000), false, "head larger than 64 KB");
        Expect("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: " + new string('x', 100) + "\r\n", 700)), false, "head larger than 64 KB");
        Expect("HTTP/1.1 200 OK\r\nX: y" + string.Concat(Enumerable.Repeat("\r\n " + new string('x', 5000), 14)), false, "head larger than 64 KB");
        Reading.Of(new string('\x1f', 100_000)).Consumed.ShouldBe(Printable.MaxLength + 1);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void A_head_may_have_1000_lines(int lines, bool valid) =>
        Expect("HTTP/1.1 204 OK\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", lines)) + "\r\n", valid, "more than 1000 header lines");

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void Folded_lines_count(int folds, bool valid) =>
        Expect("HTTP/1.1 204 OK\r\nA: b\r\n" + string.Concat(Enumerable.Repeat(" c\r\n", folds)) + "\r\n", valid, "more than 1000 header lines");

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_hundred_interim_responses_are_passed_over(int count, bool valid) =>
        Expect(
            string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", count)) + "HTTP/1.1 204 No Content\r\n\r\n",
            valid,
            "more than 100 interim responses");

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(10_000, false)]
    public void A_chunk_line_may_have_4_KB(int over, bool valid) =>
        Expect(ChunkedHead + "0;" + new string('x', ResponseReader.MaxChunkLine - 4 + over) + "\r\n\r\n", valid, "chunk size line longer than 4 KB");

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Trailers_may_have_64_KB(int over, bool valid)
    {
        string trailers = string.Concat(Enumerable.Repeat("A: " + new string('x', 123) + "\r\n", 511));
        int rest = ResponseReader.MaxHead - trailers.Length - "B: \r\n\r\n".Length + over;
        Expect(ChunkedHead + "0\r\n" + trailers + "B: " + new string('y', rest) + "\r\n\r\n", valid, "trailers larger than 64 KB");
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void Trailers_may_have_1000_lines(int lines, bool valid) =>
        Expect(ChunkedHead + "0\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", lines)) + "\r\n", valid, "more than 1000 trailer lines");

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789", "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n0123456789a")]
    [InlineData(ChunkedHead + "6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n", ChunkedHead + "6\r\n012345\r\n5\r\n6789a\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n0123456789", "HTTP/1.1 200 OK\r\n\r\n0123456789a")]
    public void A_kept_body_has_a_limit_and_a_dropped_one_has_none(string fits, string tooLarge)
    {
        Read(fits, keep: true).Body.ShouldBe("0123456789");
        Read(tooLarge, keep: true).Error.ShouldBe("body larger than 10 bytes");
        var dropped = Read(tooLarge, keep: false);
        dropped.Status.ShouldBe(ReadStatus.Complete);
        dropped.BodyBytes.ShouldBe(11);
        dropped.Body.ShouldBe("");

        static Transcript Read(string message, bool keep) => Reading.Of(Encoding.ASCII.GetBytes(message), keepBody: keep, close: true, maxKept: 10);
    }

    [Fact]
    public void A_dropped_body_may_be_longer_than_memory()
    {
        using var reader = new ResponseReader(new KnownHeads());
        reader.Begin(false, false, keepBody: false);
        reader.Read("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n"u8, out _).ShouldBe(ReadStatus.Head);
        byte[] piece = new byte[1 << 20];
        for (int index = 0; index < 1000; index++) reader.Read(piece, out _).ShouldBe(ReadStatus.NeedMore);
        reader.BodyBytes.ShouldBe(1000L << 20);
        reader.HeldBytes.ShouldBe(0);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello", false)]
    [InlineData(ChunkedHead + "5\r\nhello\r\n0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 5\r\n\r\nhello", true)]
    public void Reading_allocates_nothing(string message, bool keep)
    {
        using var reader = new ResponseReader(new KnownHeads());
        byte[] input = Encoding.ASCII.GetBytes(message);
        // In one piece, and cut in the head and in the body.
        Run(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Run(int count)
        {
            for (int index = 0; index < count; index++)
            {
                Read(input, input.Length);
                Read(input, 20);
                Read(input, input.Length - 2);
            }
        }

        void Read(ReadOnlySpan<byte> bytes, int cut)
        {
            reader.Begin(false, keep, keep);
            int offset = 0;
            int end = cut;
            while (true)
            {
                var status = reader.Read(bytes[offset..end], out int used);
                offset += used;
                if (status == ReadStatus.Complete) return;
                if (status == ReadStatus.Failed) throw new InvalidOperationException(reader.Error);
                if (status == ReadStatus.NeedMore && end == bytes.Length) throw new InvalidOperationException("needs more than the message");
                if (status == ReadStatus.NeedMore) end = bytes.Length;
            }
        }
    }

    private static void Expect(string message, bool valid, string error)
    {
        var result = Reading.Of(Encoding.Latin1.GetBytes(message));
        result.Status.ShouldBe(valid ? ReadStatus.Complete : ReadStatus.Failed, result.ToString());
        result.Error.ShouldBe(valid ? null : error);
    }
}
