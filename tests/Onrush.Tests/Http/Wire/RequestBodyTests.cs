using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public partial class RequestBodyTests
{
    private readonly RequestWriter _writer = new();

    [Fact]
    public void Strings_and_bytes_are_bodies()
    {
        Written("grün ✓").ShouldBe("Content-Type: text/plain; charset=utf-8\r\nContent-Length: 9\r\n\r\ngrün ✓");
        Written("bytes"u8.ToArray()).ShouldBe("Content-Type: application/octet-stream\r\nContent-Length: 5\r\n\r\nbytes");
        Written("").ShouldBe("Content-Type: text/plain; charset=utf-8\r\nContent-Length: 0\r\n\r\n");
        Written(RequestBody.Text("<a/>", "text/xml")).ShouldBe("Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>");
        Written(RequestBody.Bytes("x"u8.ToArray(), "image/png")).ShouldBe("Content-Type: image/png\r\nContent-Length: 1\r\n\r\nx");
    }

    [Fact]
    public void No_body_says_so_only_where_one_is_expected()
    {
        Written(default).ShouldBe("\r\n");
        Written((string?)null).ShouldBe("\r\n");
        Written((byte[]?)null).ShouldBe("\r\n");
        Written(default, emptyLength: true).ShouldBe("Content-Length: 0\r\n\r\n");
        default(RequestBody).IsNone.ShouldBeTrue();
        ((RequestBody)"").IsNone.ShouldBeFalse();
    }

    [Fact]
    public void A_content_type_of_the_load_test_is_not_repeated() =>
        Written("x", contentTypeGiven: true).ShouldBe("Content-Length: 1\r\n\r\nx");

    [Fact]
    public void Json_follows_the_web_defaults()
    {
        Content(RequestBody.Json(new { UserName = "a", Items = new[] { 1, 2 } })).ShouldBe("""{"userName":"a","items":[1,2]}""");
        Content(RequestBody.Json(new Order(7, "b"))).ShouldBe("""{"id":7,"note":"b"}""");
        Content(RequestBody.Json((object)new Order(7, "b"))).ShouldBe("""{"id":7,"note":"b"}""");
        Content(RequestBody.Json<Order?>(null)).ShouldBe("null");
        Content(RequestBody.Json(5)).ShouldBe("5");
        Written(RequestBody.Json(5)).ShouldBe("Content-Type: application/json\r\nContent-Length: 1\r\n\r\n5");
    }

    [Fact]
    public void Generated_json_keeps_its_own_options()
    {
        Content(RequestBody.Json(new Order(7, "b"), PlainContext.Default.Order)).ShouldBe("""{"Id":7,"Note":"b"}""");
        Content(RequestBody.Json(new Order(7, "b"), IndentedContext.Default.Order)).ShouldBe(
            JsonSerializer.Serialize(new Order(7, "b"), IndentedContext.Default.Order));
    }

    [Fact]
    public void Json_after_a_value_that_failed_is_whole()
    {
        Should.Throw<InvalidOperationException>(() => Content(RequestBody.Json(new Broken())));
        Content(RequestBody.Json(new Order(1, "é\""))).ShouldBe(JsonSerializer.Serialize(new Order(1, "é\""), JsonSerializerOptions.Web));
    }

    [Fact]
    public void Forms_are_encoded()
    {
        Written(RequestBody.Form(("a", "1"), ("b c", "x&y=z"), ("ü", "~*-._"), ("e", ""))).ShouldBe(
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 48\r\n\r\na=1&b+c=x%26y%3Dz&%C3%BC=%7E*-._&e=".Replace(
                "48", "a=1&b+c=x%26y%3Dz&%C3%BC=%7E*-._&e=".Length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Content(RequestBody.Form()).ShouldBe("");
        Content(RequestBody.Form(("a", "\r\n%\ud83d\ude00"))).ShouldBe("a=%0D%0A%25%F0%9F%98%80");
    }

    [Fact]
    public void Multipart_has_fields_and_files()
    {
        var body = RequestBody.Multipart(
            Part.Field("na\"me\r\n", "välue"),
            Part.File("file", "ä.png", "PNG"u8.ToArray(), "image/png"));
        string boundary = body.ContentType!["multipart/form-data; boundary=".Length..];
        Content(body).ShouldBe(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"na%22me%0D%0A\"\r\n\r\nvälue\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ä.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n"
            + $"--{boundary}--\r\n");
        BoundaryPattern().IsMatch(boundary).ShouldBeTrue(boundary);
        RequestBody.Multipart(Part.Field("a", "b")).ContentType.ShouldNotBe(body.ContentType);
        body.IsStream.ShouldBeFalse();
        body.CanReplay.ShouldBeTrue();
    }

    [Fact]
    public async Task Multipart_with_streams_is_read_piece_by_piece_and_twice()
    {
        var file = new MemoryStream("skip:content of the file"u8.ToArray()) { Position = 5 };
        var body = RequestBody.Multipart(Part.Field("a", "b"), Part.File("f", "f.txt", file, "text/plain"), Part.File("e", "empty", new MemoryStream()));
        string boundary = body.ContentType!["multipart/form-data; boundary=".Length..];
        string expected =
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent of the file\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"e\"; filename=\"empty\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
            + $"--{boundary}--\r\n";
        body.IsStream.ShouldBeTrue();
        body.CanReplay.ShouldBeTrue();
        foreach (int size in new[] { 1, 7, 4096 })
        {
            (await ReadAll(body, size, expected.Length, asynchronous: true)).ShouldBe(expected);
            (await ReadAll(body, size, expected.Length, asynchronous: false)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_stream_is_sent_from_where_it_stands()
    {
        var stream = new MemoryStream("0123456789"u8.ToArray()) { Position = 4 };
        var body = RequestBody.Stream(stream, "text/csv");
        body.CanReplay.ShouldBeTrue();
        (await ReadAll(body, 3, 6, asynchronous: true)).ShouldBe("456789");
        (await ReadAll(body, 3, 6, asynchronous: true)).ShouldBe("456789");
        body.OpenStream(out long length);
        Written(body, streamLength: length).ShouldBe("Content-Type: text/csv\r\nContent-Length: 6\r\n\r\n");
    }

    [Fact]
    public void A_stream_of_unknown_length_is_sent_in_chunks_and_once()
    {
        using var stream = new SegmentStream([new Segment("abc"u8.ToArray(), null, 0)]);
        foreach (var body in new[] { RequestBody.Stream(stream), RequestBody.Multipart(Part.File("f", "f", stream)) })
        {
            body.IsStream.ShouldBeTrue();
            body.CanReplay.ShouldBeFalse();
            body.OpenStream(out long length);
            length.ShouldBe(-1);
            Written(body, streamLength: length).ShouldBe($"Content-Type: {body.ContentType}\r\nTransfer-Encoding: chunked\r\n\r\n");
        }
    }

    [Fact]
    public void Nonsense_is_refused_when_it_is_made()
    {
        Should.Throw<ArgumentException>(() => RequestBody.Text("x", "text/plain\r\nX: y")).Message.ShouldStartWith("the content type has a line break");
        Should.Throw<ArgumentException>(() => Part.File("f", "f", ReadOnlyMemory<byte>.Empty, "a\nb")).Message.ShouldStartWith("the content type of part f");
        using var closed = new MemoryStream();
        closed.Close();
        Should.Throw<ArgumentException>(() => RequestBody.Stream(closed)).Message.ShouldStartWith("the stream cannot be read");
        Should.Throw<ArgumentException>(() => Part.File("f", "f", closed)).Message.ShouldStartWith("the stream of part f cannot be read");
        Should.Throw<ArgumentNullException>(() => RequestBody.Text(null!));
        Should.Throw<ArgumentNullException>(() => RequestBody.Multipart(null!, Part.Field("a", "b")));
    }

    private static async Task<string> ReadAll(RequestBody body, int size, long expectedLength, bool asynchronous)
    {
        var stream = body.OpenStream(out long length);
        length.ShouldBe(expectedLength);
        var all = new List<byte>();
        byte[] buffer = new byte[size];
        while (true)
        {
            int read = asynchronous ? await stream.ReadAsync(buffer) : stream.Read(buffer, 0, size);
            if (read == 0) return Encoding.UTF8.GetString([.. all]);
            all.AddRange(buffer.AsSpan(0, read));
        }
    }

    private string Written(RequestBody body, bool emptyLength = false, bool contentTypeGiven = false, long streamLength = -1)
    {
        _writer.Reset();
        body.EndHead(_writer, emptyLength, contentTypeGiven, streamLength);
        return Encoding.UTF8.GetString(_writer.Written);
    }

    private string Content(RequestBody body)
    {
        string all = Written(body);
        string content = all[(all.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        all.ShouldContain($"Content-Length: {Encoding.UTF8.GetByteCount(content)}\r\n\r\n");
        return content;
    }

    [GeneratedRegex("^onrush-[0-9a-f]{32}$")]
    private static partial Regex BoundaryPattern();

    internal sealed record Order(int Id, string Note);

    private sealed class Broken
    {
        public string First => new('x', 10_000);

        public string Second => throw new InvalidOperationException();
    }

    [JsonSerializable(typeof(Order))]
    private sealed partial class PlainContext : JsonSerializerContext;

    [JsonSourceGenerationOptions(WriteIndented = true)]
    [JsonSerializable(typeof(Order))]
    private sealed partial class IndentedContext : JsonSerializerContext;
}
