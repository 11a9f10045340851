using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public sealed class KnownHeadsTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=b\r\n\r\n";

    private readonly KnownHeads _known = new();

    [Fact]
    public void Every_reader_makes_its_own_of_a_head_that_another_has_read()
    {
        for (var round = 0; round < 2; round++)
        {
            var got = Read(Head + "hello", keepHead: true, keepBody: true);
            Encoding.ASCII.GetString(got.Head([])).ShouldBe(Head);
            Encoding.ASCII.GetString(got.Body!.Written).ShouldBe("hello");
            got.TotalBytes.ShouldBe(Head.Length + 5);
            got.HasSetCookie.ShouldBeTrue();

            // As long, so that it looks where the other lies.
            var head = Read(Head + "HTTP/", headRequest: true);
            head.ContentLength.ShouldBe(5);
            head.TotalBytes.ShouldBe(Head.Length);
            Read(Head + "hello").BodyBytes.ShouldBe(5);
        }
    }

    [Theory]
    [InlineData("Content-Length: 5", "Content-Length: 4", 4)]
    [InlineData("Content-Length: 5", "Content-length: 5", 5)]
    [InlineData("200 OK", "404 No", 5)]
    public void A_head_that_differs_in_one_byte_is_another(string from, string to, int length)
    {
        Read(Head + "hello").StatusCode.ShouldBe(200);
        var other = Read(Head.Replace(from, to, StringComparison.Ordinal) + "hello");
        other.BodyBytes.ShouldBe(length);
        other.StatusCode.ShouldBe(to == "404 No" ? 404 : 200);
    }

    [Fact]
    public void The_beginning_of_a_known_head_is_no_head()
    {
        Read(Head + "hello");
        var bytes = Encoding.ASCII.GetBytes(Head);
        using var reader = new ResponseReader(_known);
        reader.Begin(headRequest: false, keepHead: false, keepBody: false);
        reader.Read(bytes.AsSpan(0, bytes.Length - 1), out var used).ShouldBe(ReadStatus.NeedMore);
        used.ShouldBe(bytes.Length - 1);
        reader.Read("\nhello"u8, out used).ShouldBe(ReadStatus.Head);
        used.ShouldBe(1);
    }

    [Fact]
    public void What_differs_each_time_is_looked_up_in_vain_and_soon_hardly_kept()
    {
        var kept = 0;
        for (var i = 0; i < 1000; i++)
        {
            var head = Encoding.ASCII.GetBytes($"HTTP/1.1 204 No\r\nX-Request-Id: {i:d6}\r\n\r\n");
            _known.TryFind(head, out _, out _).ShouldBeFalse();
            _known.Remember(head, head.Length, HeadFields.None);
            if (_known.TryFind(head, out _, out _))
                kept++;
            else
                continue;

            // That was a hit, which the next must not profit from.
            for (var misses = 0; misses < 64; misses++)
                _known.Remember(Encoding.ASCII.GetBytes($"HTTP/1.1 204 No\r\nX-Request-Id: m{misses:d5}\r\n\r\n"), head.Length, HeadFields.None);
        }

        kept.ShouldBeInRange(1, 100);
    }

    [Fact]
    public void A_head_of_many_kilobytes_is_not_kept()
    {
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 204 No\r\nX: {new string('x', 4000)}\r\n\r\n");
        _known.Remember(head, head.Length, HeadFields.None);
        _known.TryFind(head, out _, out _).ShouldBeFalse();
    }

    private ResponseReader Read(string message, bool headRequest = false, bool keepHead = false, bool keepBody = false)
    {
        var reader = new ResponseReader(_known);
        reader.Begin(headRequest, keepHead, keepBody);
        var bytes = Encoding.ASCII.GetBytes(message);
        reader.Read(bytes, out var used).ShouldBe(ReadStatus.Head);
        reader.Read(bytes.AsSpan(used), out _).ShouldBe(ReadStatus.Complete);
        return reader;
    }
}
