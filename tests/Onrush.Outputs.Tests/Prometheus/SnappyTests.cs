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
            SnappyReader.Read(Snappy.Compress(noise)).ShouldBe(noise);
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length / 20 + 1).Select(i => $"__name__=onrush,i={i % 37};")))[..length];
            SnappyReader.Read(Snappy.Compress(text)).ShouldBe(text);
            var zeros = new byte[length];
            SnappyReader.Read(Snappy.Compress(zeros)).ShouldBe(zeros);
        }
    }

    [Fact]
    public void Labels_that_repeat_take_little()
    {
        var labels = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => $"__name__ onrush_request_duration_seconds_bucket le {i % 26} method GET name /a/{i / 26} scenario default ")));
        Snappy.Compress(labels).Length.ShouldBeLessThan(labels.Length / 5);
    }
}
