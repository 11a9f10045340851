using Onrush.Users;

namespace Onrush.Data;

/// <summary>
/// How far one worker has come with the rows of one feeder in one run. Shared by the loops of the worker, by one atomic step per row: with a cursor for each
/// loop the rows of a loop with few users would be left over while users of another find none.
/// </summary>
internal sealed class RowCursor(RunScope scope)
{
    private long _next;

    /// <summary>The worker's run.</summary>
    public RunScope Scope { get; } = scope;

    /// <summary>The number of the next one of the worker's own rows, from 0.</summary>
    public long Take() => Interlocked.Increment(ref _next) - 1;
}
