namespace Onrush.Scenarios;

/// <summary>
/// Who does what of numbered work: worker w of W and loop l of its L loops own index k when k % W == w and (k / W) % L == l. Every index has one
/// owner, so the union over all workers and loops is the whole. Pure arithmetic; indices are not negative.
/// </summary>
/// <param name="Worker">The worker, from 0.</param>
/// <param name="Workers">Number of workers.</param>
/// <param name="Loop">The loop of the worker, from 0.</param>
/// <param name="Loops">Number of loops of this worker.</param>
internal readonly record struct WorkShare(int Worker, int Workers, int Loop = 0, int Loops = 1)
{
    /// <summary>Everything.</summary>
    public static readonly WorkShare All = new(0, 1);

    /// <summary>Whether the index belongs to this share.</summary>
    public bool Owns(long k) => k % Workers == Worker && k / Workers % Loops == Loop;

    /// <summary>The owned index number <paramref name="i"/>, from 0.</summary>
    public long Nth(long i) => (i * Loops + Loop) * Workers + Worker;

    /// <summary>The first owned index from <paramref name="k"/> on.</summary>
    public long Next(long k) => Nth(CountBelow(k));

    /// <summary>Number of owned indices below <paramref name="n"/>.</summary>
    public long CountBelow(long n)
    {
        var ofWorker = n <= Worker ? 0 : (n - Worker - 1) / Workers + 1;
        return ofWorker <= Loop ? 0 : (ofWorker - Loop - 1) / Loops + 1;
    }
}
