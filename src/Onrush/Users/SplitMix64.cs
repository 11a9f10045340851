namespace Onrush.Users;

/// <summary>
/// A random sequence in eight bytes (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Each user holds
/// one for its picks and waits, so that a run with the same seed repeats per user number.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    private ulong _state = seed;

    /// <summary>The sequence of one user: unlike those of the neighbouring numbers, and of the same number under another seed.</summary>
    public static SplitMix64 ForUser(ulong seed, long number, ulong purpose) => new(Mix(Mix(seed + purpose * Step) ^ (ulong)number * Step));

    public ulong Next() => Mix(_state += Step);

    /// <summary>From 0 up to and without 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 up to and without <paramref name="bound"/>. The bias is below 2^-32 for every bound of 32 bits.</summary>
    public long NextBelow(long bound) => (long)Math.BigMul(Next(), (ulong)bound, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
