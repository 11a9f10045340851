using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class RequestWriterTests
{
    private readonly RequestWriter _writer = new();

    private string Text => Encoding.UTF8.GetString(_writer.Written);

    [Fact]
    public void A_request_has_its_line_and_its_headers()
    {
        UrlResolver.TryCreate("http://shop.test:8080/api", out var resolver, out _);
        resolver!.TryResolve("/items?q=a b", out var target, out _);
        _writer.WriteRequestLine("GET", target);
        _writer.WriteHeader("X-User", "7");
        _writer.WriteBasicAuthorization(new Credentials("Aladdin", "open sesame"));
        _writer.Write("\r\n"u8);
        Text.ShouldBe(
            "GET /api/items?q=a%20b HTTP/1.1\r\nHost: shop.test:8080\r\nX-User: 7\r\n"
            + "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
    }

    [Theory]
    [InlineData("/plain-._~!$&'()*+,;=:@/?[]", "/plain-._~!$&'()*+,;=:@/?[]")]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/%41%zz%", "/%41%25zz%25")]
    [InlineData("/%4", "/%254")]
    [InlineData("/%%41", "/%25%41")]
    [InlineData("/größe/✓/😀", "/gr%C3%B6%C3%9Fe/%E2%9C%93/%F0%9F%98%80")]
    [InlineData("/\"<>{}|^`\\#\t\x7f", "/%22%3C%3E%7B%7D%7C%5E%60%5C%23%09%7F")]
    [InlineData("", "")]
    public void Paths_are_encoded_where_they_must_be(string path, string expected)
    {
        _writer.WritePath(path);
        Text.ShouldBe(expected);
    }

    [Fact]
    public void Half_a_pair_becomes_the_replacement_character()
    {
        // Not as inline data: attributes are stored as UTF-8, which has no half pairs.
        _writer.WritePath("/\ud83dx\ude00");
        Text.ShouldBe("/%EF%BF%BDx%EF%BF%BD");
    }

    [Theory]
    [InlineData("/a\r\nX: y")]
    [InlineData("/a\nb")]
    [InlineData("/a\0b")]
    public void A_path_cannot_break_out_of_its_line(string path) =>
        Should.Throw<ArgumentException>(() => _writer.WritePath(path)).Message.ShouldStartWith("the path has a line break or NUL: \"/a");

    [Theory]
    [InlineData("X-A", "v\r\nInjected: 1", "the value of header X-A has a line break or NUL: \"v\\r\\nInjected: 1\"")]
    [InlineData("X-A", "\n", "the value of header X-A has a line break or NUL: \"\\n\"")]
    [InlineData("X-A", "\0", "the value of header X-A has a line break or NUL: \"\\u0000\"")]
    [InlineData("X A", "v", "not a header name: \"X A\"")]
    [InlineData("X:", "v", "not a header name: \"X:\"")]
    [InlineData("X\r\n", "v", "not a header name: \"X\\r\\n\"")]
    [InlineData("Gr\u00f6\u00dfe", "v", "not a header name: \"Größe\"")]
    [InlineData("", "v", "not a header name: \"\"")]
    public void A_header_cannot_break_out_of_its_line(string name, string value, string message)
    {
        Should.Throw<ArgumentException>(() => _writer.WriteHeader(name, value)).Message.ShouldBe(message);
        _writer.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /")]
    [InlineData("G\nT")]
    public void A_method_is_a_token(string method)
    {
        UrlResolver.TryCreate("http://a", out var resolver, out _);
        resolver!.TryResolve("/", out var target, out _);
        Should.Throw<ArgumentException>(() => _writer.WriteRequestLine(method, target)).Message.ShouldStartWith("not an HTTP method");
    }

    [Fact]
    public void Header_values_are_utf8_and_may_be_empty_or_long()
    {
        string value = "é" + new string('x', 5000) + "✓";
        _writer.WriteHeader("A", value);
        _writer.WriteHeader("B", "");
        Text.ShouldBe($"A: {value}\r\nB: \r\n");
    }

    [Theory]
    [InlineData(0, "0", "0")]
    [InlineData(255, "255", "ff")]
    [InlineData(long.MaxValue, "9223372036854775807", "7fffffffffffffff")]
    public void Numbers_are_written_in_both_ways(long value, string digits, string hex)
    {
        _writer.WriteNumber(value);
        Text.ShouldBe(digits);
        _writer.Reset();
        _writer.WriteHex(value);
        Text.ShouldBe(hex);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(100_000)]
    public void The_length_is_put_before_a_body_that_is_there_already(int length)
    {
        string body = new('b', length);
        _writer.Write("head\r\n"u8);
        int start = _writer.Length;
        _writer.Write(body);
        _writer.InsertContentLength(start);
        Text.ShouldBe($"head\r\nContent-Length: {length}\r\n\r\n{body}");
    }

    [Fact]
    public void A_large_array_is_let_go_and_a_small_one_kept()
    {
        _writer.Write(new byte[10 << 20]);
        _writer.Reset();
        _writer.Length.ShouldBe(0);
        _writer.GetSpan(1).Length.ShouldBeLessThan(1 << 20);
        _writer.Write(new byte[1000]);
        _writer.Reset();
        _writer.GetSpan(1).Length.ShouldBeGreaterThanOrEqualTo(1000);
    }

    [Fact]
    public void No_more_can_be_advanced_than_there_is_room()
    {
        int room = _writer.GetSpan(10).Length;
        Should.Throw<ArgumentOutOfRangeException>(() => _writer.Advance(room + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => _writer.Advance(-1));
        _writer.Advance(room);
        _writer.Length.ShouldBe(room);
        _writer.GetMemory(7).Length.ShouldBeGreaterThanOrEqualTo(7);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        UrlResolver.TryCreate("http://shop.test:8080/api", out var resolver, out _);
        var jar = new CookieJar();
        jar.Set("session", "abc");
        Run(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Run(int count)
        {
            for (int index = 0; index < count; index++)
            {
                _writer.Reset();
                resolver!.TryResolve("/items?q=a b", out var target, out _);
                _writer.WriteRequestLine("POST", target);
                _writer.WriteHeader("X-User", "7");
                jar.WriteTo(_writer, target, 0);
                RequestBody body = "text";
                body.EndHead(_writer, emptyLength: true, contentTypeGiven: false);
            }
        }
    }
}
