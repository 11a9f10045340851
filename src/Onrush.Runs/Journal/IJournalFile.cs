namespace Onrush.Runs.Journal;

/// <summary>Where the bytes of one journal go. Used by one thread; may throw <see cref="IOException"/> and its like at any time.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Appends whole frames: all of them, or, when it throws, none.</summary>
    void Append(ReadOnlySpan<byte> frames);

    /// <summary>Returns when what was appended survives a crash of the machine.</summary>
    void Sync();
}
