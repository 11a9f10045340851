using System.IO.Compression;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class ContentDecoderTests
{
    public static TheoryData<string, int> Bodies
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string coding in new[] { "none", "gzip", "zlib", "raw", "br" })
                foreach (int length in new[] { 0, 1, 1000, 16 * 1024, 200_000 })
                    data.Add(coding, length);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void What_was_compressed_comes_back(string coding, int length)
    {
        byte[] expected = Content(length);
        using var output = new PooledBuffer();
        ContentDecoder.TryDecode(Encoding(coding), Compress(coding, expected), output, length, out string? error).ShouldBeTrue(error);
        error.ShouldBeNull();
        output.Written.SequenceEqual(expected).ShouldBeTrue();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zlib")]
    [InlineData("raw")]
    [InlineData("br")]
    public void A_bomb_ends_at_the_limit(string coding)
    {
        using var output = new PooledBuffer();
        ContentDecoder.TryDecode(Encoding(coding), Compress(coding, new byte[20 << 20]), output, 1 << 20, out string? error).ShouldBeFalse();
        error.ShouldBe("decoded body larger than 1 MB");
        output.Capacity.ShouldBeLessThan(4 << 20);
    }

    [Theory]
    [InlineData("gzip", "body is not valid gzip data")]
    [InlineData("zlib", "body is not valid deflate data")]
    [InlineData("raw", "body is not valid deflate data")]
    [InlineData("br", "body is not complete brotli data")]
    public void Every_truncation_is_an_error(string coding, string expected)
    {
        byte[] whole = Compress(coding, Content(1000));
        for (int length = 1; length < whole.Length; length += length < 200 || length > whole.Length - 50 ? 1 : 7)
        {
            using var output = new PooledBuffer();
            ContentDecoder.TryDecode(Encoding(coding), whole.AsMemory(0, length), output, 1 << 20, out string? error).ShouldBeFalse($"{length} of {whole.Length} bytes");
            error.ShouldBe(expected, $"{length} of {whole.Length} bytes");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    [InlineData("br")]
    public void Damaged_data_never_throws_and_never_grows_past_the_limit(string coding)
    {
        byte[] whole = Compress(coding, Content(2000));
        var random = new Random(7);
        int errors = 0;
        for (int index = 0; index < 2000; index++)
        {
            byte[] damaged = [.. whole];
            for (int count = random.Next(1, 4); count > 0; count--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            using var output = new PooledBuffer();
            if (!ContentDecoder.TryDecode(Encoding(coding), damaged, output, 10_000, out string? error))
            {
                errors++;
                error.ShouldNotBeNullOrEmpty();
            }

            output.Length.ShouldBeLessThan(10_000 + 64 * 1024);
        }

        errors.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Gzip_members_one_after_the_other_are_one_body()
    {
        using var output = new PooledBuffer();
        output.Append("kept "u8);
        byte[] members = [.. Compress("gzip", "one "u8.ToArray()), .. Compress("gzip", "two"u8.ToArray())];
        ContentDecoder.TryDecode(ContentEncoding.Gzip, members, output, 100, out string? error).ShouldBeTrue(error);
        output.Written.SequenceEqual("kept one two"u8).ShouldBeTrue();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    [InlineData("raw")]
    [InlineData("br")]
    public void A_complete_body_passes_at_every_length(string coding)
    {
        // Lengths around the size of the decompressor's input buffer, compressed.
        for (int length = 8000; length < 16_600; length += 3)
        {
            byte[] content = new byte[length];
            new Random(length).NextBytes(content);
            using var output = new PooledBuffer();
            ContentDecoder.TryDecode(Encoding(coding), Compress(coding, content), output, length, out string? error).ShouldBeTrue($"{length}: {error}");
        }
    }

    [Fact]
    public void An_unknown_coding_is_named()
    {
        using var output = new PooledBuffer();
        ContentDecoder.TryDecode(ContentEncoding.Other, "x"u8.ToArray(), output, 100, out string? error).ShouldBeFalse();
        error.ShouldBe("body in a content encoding that is not supported");
    }

    private static ContentEncoding Encoding(string coding) => coding switch
    {
        "gzip" => ContentEncoding.Gzip,
        "zlib" or "raw" => ContentEncoding.Deflate,
        "br" => ContentEncoding.Brotli,
        _ => ContentEncoding.None,
    };

    private static byte[] Content(int length)
    {
        byte[] content = new byte[length];
        var random = new Random(length);
        // Half noise, half words: so that it neither vanishes nor stays as it is.
        for (int index = 0; index < length; index++) content[index] = (byte)(index % 20 < 10 ? random.Next(256) : 'a' + index % 5);
        return content;
    }

    private static byte[] Compress(string coding, byte[] content)
    {
        var memory = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(memory, CompressionLevel.Fastest),
            "zlib" => new ZLibStream(memory, CompressionLevel.Fastest),
            "raw" => new DeflateStream(memory, CompressionLevel.Fastest),
            "br" => new BrotliStream(memory, CompressionLevel.Fastest),
            _ => new BufferedStream(memory),
        })
            stream.Write(content);
        return memory.ToArray();
    }
}
