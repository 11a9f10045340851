using System.Security.Cryptography;

namespace Onrush.Cli.Tests.Scripts;

public sealed class Sha256Tests
{
    [Fact]
    public void It_gives_what_the_platform_gives_for_every_length_around_its_blocks()
    {
        var random = new Random(1);
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            Cli.Scripts.Sha256.Of(bytes).ShouldBe(SHA256.HashData(bytes), $"{length} bytes");
        }
    }

    [Fact]
    public void It_does_not_matter_in_what_pieces_the_bytes_come()
    {
        var random = new Random(2);
        byte[] bytes = new byte[10_000];
        random.NextBytes(bytes);
        var pieces = new Cli.Scripts.Sha256();
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(random.Next(200), bytes.Length - at);
            pieces.Append(bytes.AsSpan(at, length));
            at += length;
        }

        pieces.Finish().ShouldBe(SHA256.HashData(bytes));
    }
}
