using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class ResponseReaderTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", true)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", 200, "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\n\r\nhello", 200, "hello", true)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 5\r\n\nhello", 200, "hello", true)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, "", true)]
    [InlineData("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", 200, "", true)]
    [InlineData("HTTP/1.1 999 \tOd\xE4\r\nContent-Length: 0\r\n\r\n", 999, "", true)]
    [InlineData("\r\n\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\ncOnTeNt-LENGTH: 1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\t 1 \t\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0001\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n 1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\n\t \r\n  1\n \n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1, 1,\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx", 200, "x", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: foo, CLOSE\r\n\r\nx", 200, "x", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: closed\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\nConnection: close\r\n\r\nx", 200, "x", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: Keep-Alive\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n1\r\nx\r\n0\r\n\r\n", 200, "x", false)]
    [InlineData("HTTP/1.7 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", 200, "hello world", true)]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n", 200, "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity, chunked\r\n\r\n00A \t;a=\"b\r\n0123456789\r\n000;x\r\n\r\n", 200, "0123456789", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nA: b\r\n c\r\nD:\r\n\r\n", 200, "x", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\nx", 200, "x", true)]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, "", true)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: gzip\r\n\r\n", 304, "", true)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", 101, "", false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x", true)]
    public void Valid_messages_end_at_their_last_byte(string message, int status, string body, bool keepAlive)
    {
        var alone = Reading.Of(message);
        alone.Status.ShouldBe(ReadStatus.Complete, alone.ToString());
        alone.StatusCode.ShouldBe(status);
        alone.Body.ShouldBe(body);
        alone.BodyBytes.ShouldBe(body.Length);
        alone.KeepAlive.ShouldBe(keepAlive);
        alone.Consumed.ShouldBe(message.Length);

        // What follows on the connection is neither consumed nor looked at.
        foreach (string next in new[] { message, "\0\xff\n\n\r\n", " folded?\r\n\r\n" })
            Reading.Of(message + next).SameAs(alone).ShouldBeTrue(next);

        for (int length = 0; length < message.Length; length++)
            Reading.Of(message[..length]).Status.ShouldNotBe(ReadStatus.Complete, $"complete after {length} bytes");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "bad Content-Length: \"-1\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", "bad Content-Length: \"+1\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n", "bad Content-Length: \"0x10\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1 1\r\n\r\n", "bad Content-Length: \"1 1\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", "bad Content-Length: \"\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: ,\r\n\r\n", "bad Content-Length: \",\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n", "bad Content-Length: \"9223372036854775808\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n", "bad Content-Length: \"99999999999999999999999\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "two different Content-Length values: 1 and 2")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n", "two different Content-Length values: 1 and 2")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 300000000\r\n\r\n", "body larger than 256 MB")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "Transfer-Encoding not supported: \"gzip, chunked\"")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", "Transfer-Encoding not supported: \"chunked, gzip\"")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "Transfer-Encoding not supported: \"chunked\"")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n", "Transfer-Encoding not supported: \"xchunked\"")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "bad header line: \"no colon\"")]
    [InlineData("HTTP/1.1 200 OK\r\nname\r\n\r\n", "bad header line: \"name\"")]
    [InlineData("HTTP/1.1 200 OK\r\nname \t\r\n\r\n", "bad header line: \"name \\t\"")]
    [InlineData("HTTP/1.1 200 OK\r\n: x\r\n\r\n", "bad header line: \": x\"")]
    [InlineData("HTTP/1.1 200 OK\r\n folded: x\r\n\r\n", "bad header line: \" folded: x\"")]
    [InlineData("HTTP/1.1 200 OK\r\n \r\n\r\n", "bad header line: \" \"")]
    [InlineData("HTTP/1.1 200 OK\r\nna\0me: x\r\n\r\n", "bad header line: \"na\\x00me: x\"")]
    [InlineData("HTTP/1.1 200 OK\r\nna\rme: x\r\n\r\n", "bad header line: \"na\\rme: x\"")]
    [InlineData("HTTP/1.1 200 OK\r\nname: a\0b\r\n\r\n", "NUL byte in the head")]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n", "not an HTTP response: \"HTTP/2.0 200 OK\"")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n", "not an HTTP response: \"HTTP/1.1 20 OK\"")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n", "not an HTTP response: \"HTTP/1.1 099 OK\"")]
    [InlineData("HTTP/1.1 2000\r\n\r\n", "not an HTTP response: \"HTTP/1.1 2000\"")]
    [InlineData("HTTP/1.1  200 OK\r\n\r\n", "not an HTTP response: \"HTTP/1.1  200 OK\"")]
    [InlineData("HTTP/1. 200 OK\r\n\r\n", "not an HTTP response: \"HTTP/1. 200 OK\"")]
    [InlineData("HTTP/1.1 200 O\0K\r\n\r\n", "not an HTTP response: \"HTTP/1.1 200 O\\x00K\"")]
    [InlineData("HTTP/1.1 200 O\rK\r\n\r\n", "not an HTTP response: \"HTTP/1.1 200 O\\rK\"")]
    [InlineData("http/1.1 200 OK\r\n\r\n", "not an HTTP response: \"http/1.1 200 OK\"")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "not an HTTP response: \"SSH-2.0-OpenSSH_9.2\"")]
    [InlineData("+\xF3\xF0\xFF\n", "not an HTTP response: \"+\\xf3\\xf0\\xff\"")]
    [InlineData("\n\n\n\n\n\n\n\n\nHTTP/1.1 200 OK\r\n\r\n", "more than 8 empty lines before the response")]
    public void Bad_heads_are_named(string message, string error)
    {
        var result = Reading.Of(message);
        result.Status.ShouldBe(ReadStatus.Failed, result.ToString());
        result.Error.ShouldBe(error);
        result.KeepAlive.ShouldBeFalse();
        result.Heads.ShouldBe(0);
    }

    [Theory]
    [InlineData("x\r\n", "bad chunk size: \"x\"")]
    [InlineData("\r\n", "bad chunk size: \"\"")]
    [InlineData("-1\r\n", "bad chunk size: \"-1\"")]
    [InlineData(" 1\r\nx\r\n", "bad chunk size: \" 1\"")]
    [InlineData("1x\r\n", "bad chunk size: \"1x\"")]
    [InlineData("0x1\r\n", "bad chunk size: \"0x1\"")]
    [InlineData("8000000000000000\r\n", "chunk size too large: \"8000000000000000\"")]
    [InlineData("10000000000000000\r\n", "chunk size too large: \"10000000000000000\"")]
    [InlineData("7fffffffffffffff\r\n", "body larger than 256 MB")]
    [InlineData("2\r\nabc\r\n", "no line end after a chunk but \"c\"")]
    [InlineData("2\r\nab\r\r\n", "no line end after a chunk but \"\\r\"")]
    [InlineData("1\r\nx\r\n0\r\nHTTP/1.1 200 OK\r\n", "bad trailer line: \"HTTP/1.1 200 OK\"")]
    [InlineData("0\r\n folded\r\n", "bad trailer line: \" folded\"")]
    public void Bad_chunks_are_named(string chunks, string error)
    {
        var result = Reading.Of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        result.Status.ShouldBe(ReadStatus.Failed, result.ToString());
        result.Error.ShouldBe(error);
        result.Heads.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "connection closed before the response", true)]
    [InlineData("H", "connection closed in the head", false)]
    [InlineData("\r\n\r", "connection closed in the head", false)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n", "connection closed in the head", false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", "connection closed in the head", false)]
    [InlineData("\x15\x03\x03\0\x02\x02\x46", "not an HTTP response: \"\\x15\\x03\\x03\\x00\\x02\\x02F\"", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "connection closed in the body: got 3 of 10 bytes", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "connection closed in the body: got 3 bytes and no last chunk", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "connection closed in the body: got 0 bytes and no last chunk", false)]
    public void A_close_in_the_middle_is_named(string message, string error, bool before)
    {
        var result = Reading.Of(message, close: true);
        result.Status.ShouldBe(ReadStatus.Failed);
        result.Error.ShouldBe(error);
        result.ClosedBeforeResponse.ShouldBe(before);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nto the end", "to the end")]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n", "")]
    public void Without_a_length_the_body_goes_on_until_the_close(string message, string body)
    {
        Reading.Of(message).Status.ShouldBe(ReadStatus.NeedMore);
        var result = Reading.Of(message, close: true);
        result.Status.ShouldBe(ReadStatus.Complete);
        result.Body.ShouldBe(body);
        result.KeepAlive.ShouldBeFalse();
        result.ContentLength.ShouldBe(-1);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", 5)]
    [InlineData("Transfer-Encoding: chunked\r\n", -1)]
    [InlineData("", -1)]
    public void The_answer_to_head_has_no_body(string header, long length)
    {
        var result = Reading.Of($"HTTP/1.1 200 OK\r\n{header}\r\nnext", headRequest: true);
        result.Status.ShouldBe(ReadStatus.Complete);
        result.BodyBytes.ShouldBe(0);
        result.ContentLength.ShouldBe(length);
        result.KeepAlive.ShouldBeTrue();
        result.Consumed.ShouldBe("HTTP/1.1 200 OK\r\n\r\n".Length + header.Length);
    }

    [Fact]
    public void The_head_is_the_one_of_the_final_response_with_folds_joined()
    {
        const string interim = "\r\nHTTP/1.1 100 Continue\r\nSet-Cookie: no\r\nLocation: no\r\nContent-Encoding: br\r\n\r\n";
        const string final = "HTTP/1.1 302 Found\r\nLocation: /x\r\nSet-Cookie: a=b;\r\n\tPath=/\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n";
        foreach (bool keep in new[] { false, true })
        {
            var result = Reading.Of(interim + "\n" + final, keepHead: keep);
            result.Head.ShouldBe(final.Replace(";\r\n\t", ";  \t", StringComparison.Ordinal));
            result.HasLocation.ShouldBeTrue();
            result.HasSetCookie.ShouldBeTrue();
            result.ContentEncoding.ShouldBe(ContentEncoding.Gzip);
        }

        var plain = Reading.Of(interim + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        plain.HasLocation.ShouldBeFalse();
        plain.HasSetCookie.ShouldBeFalse();
        plain.ContentEncoding.ShouldBe(ContentEncoding.None);
    }

    [Fact]
    public void A_kept_head_outlives_the_input_and_a_body_can_be_taken_away()
    {
        using var reader = new ResponseReader(new KnownHeads());
        reader.Begin(headRequest: false, keepHead: true, keepBody: true);
        const string head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
        byte[] input = Encoding.ASCII.GetBytes(head + "hello");
        reader.Read(input, out int used).ShouldBe(ReadStatus.Head);
        reader.Read(input.AsSpan(used), out _).ShouldBe(ReadStatus.Complete);
        Array.Clear(input);

        Encoding.ASCII.GetString(reader.Head([])).ShouldBe(head);
        using var body = reader.DetachBody();
        reader.Begin(false, false, false);
        Encoding.ASCII.GetString(body!.Written).ShouldBe("hello");
        reader.Body.ShouldBeNull();
        reader.HeldBytes.ShouldBe(0);
    }

    [Theory]
    [InlineData("gzip", ContentEncoding.Gzip)]
    [InlineData("X-GZip", ContentEncoding.Gzip)]
    [InlineData("deflate", ContentEncoding.Deflate)]
    [InlineData(" br ", ContentEncoding.Brotli)]
    [InlineData("identity", ContentEncoding.None)]
    [InlineData("", ContentEncoding.None)]
    [InlineData("zstd", ContentEncoding.Other)]
    [InlineData("gzip, br", ContentEncoding.Other)]
    [InlineData("gzip\r\nContent-Encoding: br", ContentEncoding.Other)]
    public void The_content_encoding_is_known(string value, object expected) =>
        Reading.Of($"HTTP/1.1 200 OK\r\nContent-Encoding: {value}\r\nContent-Length: 0\r\n\r\n").ContentEncoding.ShouldBe((ContentEncoding)expected);

    [Theory]
    [InlineData("HTTP/1.1 204 X\r\n\r\n")]
    [InlineData("HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n")]
    public void A_close_right_after_a_head_without_body_harms_nothing(string head)
    {
        using var reader = new ResponseReader(new KnownHeads());
        reader.Begin(false, false, false);
        reader.Read(Encoding.ASCII.GetBytes(head), out _).ShouldBe(ReadStatus.Head);
        reader.EndOfStream().ShouldBe(ReadStatus.Complete);
    }

    [Fact]
    public void A_finished_reader_says_so_again_and_takes_nothing()
    {
        using var reader = new ResponseReader(new KnownHeads());
        reader.Begin(false, false, false);
        reader.Read("HTTP/1.1 204 X\r\n\r\n"u8, out _).ShouldBe(ReadStatus.Head);
        reader.Read([], out _).ShouldBe(ReadStatus.Complete);
        reader.Read("more"u8, out int used).ShouldBe(ReadStatus.Complete);
        used.ShouldBe(0);
        reader.EndOfStream().ShouldBe(ReadStatus.Complete);

        reader.Begin(false, false, false);
        reader.Read("junk\n"u8, out _).ShouldBe(ReadStatus.Failed);
        reader.Read("more"u8, out used).ShouldBe(ReadStatus.Failed);
        used.ShouldBe(0);
        reader.EndOfStream().ShouldBe(ReadStatus.Failed);
        reader.Error.ShouldBe("not an HTTP response: \"junk\"");
    }
}
