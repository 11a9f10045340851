using System.Text;
using Onrush.Outputs.Prometheus.RemoteWrite;

namespace Onrush.Outputs.Tests.Prometheus;

public sealed class SnappyTests
{
    [Fact]
    public void What_is_compressed_can_be_read_again()
    {
        var random = new Random(11);
        foreach (var length in new[] { 0, 1, 3, 4, 59, 60, 61, 255, 256, 4096, 65_535, 65_536, 65_537, 300_000 })
        {
            var noise = new byte[length];
            random.NextBytes(noise);
            Read(Snappy.Compress(noise)).ShouldBe(noise);
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length / 20 + 1).Select(i => $"__name__=onrush,i={i % 37};")))[..length];
            Read(Snappy.Compress(text)).ShouldBe(text);
            var zeros = new byte[length];
            Read(Snappy.Compress(zeros)).ShouldBe(zeros);
        }
    }

    [Fact]
    public void Labels_that_repeat_take_little()
    {
        var labels = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => $"__name__ onrush_request_duration_seconds_bucket le {i % 26} method GET name /a/{i / 26} scenario default ")));
        Snappy.Compress(labels).Length.ShouldBeLessThan(labels.Length / 5);
    }

    // A reader of the format, from its description.
    private static byte[] Read(byte[] packed)
    {
        int at = 0, shift = 0, length = 0;
        do
        {
            length |= (packed[at] & 0x7f) << shift;
            shift += 7;
        }
        while ((packed[at++] & 0x80) != 0);
        List<byte> plain = new(length);
        while (at < packed.Length)
        {
            var tag = packed[at++];
            if ((tag & 3) == 0)
            {
                var less = tag >> 2;
                if (less >= 60)
                {
                    var bytes = less - 59;
                    less = 0;
                    for (var i = 0; i < bytes; i++)
                        less |= packed[at++] << (8 * i);
                }

                plain.AddRange(packed.AsSpan(at, less + 1));
                at += less + 1;
                continue;
            }

            (tag & 3).ShouldBe(2);
            var distance = packed[at] | (packed[at + 1] << 8);
            at += 2;
            distance.ShouldBeInRange(1, plain.Count);
            for (var i = 0; i <= tag >> 2; i++)
                plain.Add(plain[^distance]);
        }

        plain.Count.ShouldBe(length);
        return [.. plain];
    }
}
