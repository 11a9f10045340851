using System.Security.Cryptography;

namespace Onrush.Cluster;

/// <summary>Bytes that go from the coordinator to workers, named by what they are.</summary>
internal sealed class SharedContents
{
    /// <summary>The most bytes there may be.</summary>
    public const int MostBytes = 64 << 20;

    private SharedContents(string hash, ReadOnlyMemory<byte> bytes) => (Hash, Bytes) = (hash, bytes);

    /// <summary>SHA-256 of the bytes as hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Names bytes.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static SharedContents Of(ReadOnlyMemory<byte> bytes) => bytes.Length <= MostBytes
        ? new SharedContents(HashOf(bytes.Span), bytes)
        : throw new ArgumentException($"{bytes.Length} bytes are more than the {MostBytes >> 20} MB that can go to a worker.", nameof(bytes));

    /// <summary>Bytes that came from elsewhere.</summary>
    /// <exception cref="BusException">They are not what the hash says.</exception>
    public static SharedContents Verified(string hash, ReadOnlyMemory<byte> bytes) => bytes.Length <= MostBytes && HashOf(bytes.Span) == hash
        ? new SharedContents(hash, bytes)
        : throw new BusException($"what came as {hash[..Math.Min(hash.Length, 12)]} is something else: its hash does not match");

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
