namespace Onrush.Http.Wire;

/// <summary>
/// Heads that were read lately, with what they mean. A target answers the same question with the same head for a second, until its Date changes: comparing it
/// costs a tenth of reading it. What is known is the whole head from the first byte to the empty line, so that the verdict still depends on the bytes alone.
/// Belongs to one loop.
/// </summary>
internal sealed class KnownHeads
{
    // Heads that differ each time (a request id) are not worth keeping: after so many misses in a row only some are tried.
    private const int PatientMisses = 64;

    private const int Slots = 16;
    private const int LongestKept = 2048;

    private readonly Slot[] _slots = new Slot[Slots];
    private int _misses;

    /// <summary>Whether the input begins with a head that is known.</summary>
    /// <param name="input">What was received, from the first byte of a response on.</param>
    /// <param name="meaning">What the head means.</param>
    /// <param name="length">Its length in bytes.</param>
    public bool TryFind(ReadOnlySpan<byte> input, out HeadFields meaning, out int length)
    {
        ref var slot = ref _slots[IndexOf(input)];
        length = slot.Length;
        meaning = slot.Meaning;
        if (length == 0 || !input.StartsWith(slot.Bytes.AsSpan(0, length)))
            return false;
        _misses = 0;
        return true;
    }

    /// <summary>Keeps a head for the next time.</summary>
    /// <param name="input">What was received, from the first byte of the response on.</param>
    /// <param name="length">Length of the head.</param>
    /// <param name="meaning">What it means.</param>
    public void Remember(ReadOnlySpan<byte> input, int length, in HeadFields meaning)
    {
        if (length > LongestKept || (++_misses > PatientMisses && _misses % PatientMisses != 0))
            return;
        ref var slot = ref _slots[IndexOf(input)];
        if (slot.Bytes is null || slot.Bytes.Length < length)
            slot.Bytes = new byte[Math.Min(LongestKept, Math.Max(256, length * 2))];
        input[..length].CopyTo(slot.Bytes);
        slot.Length = length;
        slot.Meaning = meaning;
    }

    // Answers to different questions differ in their length more often than in anything else that is as cheap to look at.
    private static int IndexOf(ReadOnlySpan<byte> input) => (input.Length ^ (input.Length >> 4)) & (Slots - 1);

    private struct Slot
    {
        public byte[]? Bytes;
        public int Length;
        public HeadFields Meaning;
    }
}
