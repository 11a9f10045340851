namespace Onrush.Runs.Journal;

/// <summary>
/// When the system is told to put a journal on the disk. Without it a journal survives the end of the process, however it ends, but not a crash of the machine.
/// </summary>
internal enum JournalSync
{
    /// <summary>Once, at the end of the run.</summary>
    Never,

    /// <summary>At most once a second.</summary>
    Second,

    /// <summary>After each write.</summary>
    Frame,
}
