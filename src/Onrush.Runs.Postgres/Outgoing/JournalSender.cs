using Onrush.Runs.Store;

namespace Onrush.Runs.Postgres.Outgoing;

/// <summary>
/// Sends the file of a run on its way to the database. It asks the database how much it has whenever it cannot know, so nothing is sent twice and nothing is left out,
/// whatever broke in between. Used by one thread.
/// </summary>
/// <param name="rows">Where to.</param>
/// <param name="run">Id of the run.</param>
/// <param name="path">The file.</param>
/// <param name="note">Where it belongs.</param>
/// <param name="time">Clock of the signs of life.</param>
internal sealed class JournalSender(JournalRows rows, string run, string path, OutgoingNote note, TimeProvider time)
{
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromSeconds(10);

    private long? _position;
    private long _heardAt = time.GetTimestamp();

    /// <summary>Sends what is in the file by now. Also when that is nothing new the database hears now and then that the run goes on.</summary>
    /// <param name="complete">True when nothing will follow.</param>
    /// <exception cref="IOException">The server cannot be reached, or the file not be read.</exception>
    /// <exception cref="RefusedException">The database does not want it.</exception>
    public void Send(bool complete)
    {
        try
        {
            using var file = RunFolders.OpenFile(path);
            var position = _position ?? Find();
            for (_position = position; Next(file, position) is { Length: > 0 } chunk; _position = position)
            {
                // Not known from here on until the answer is there.
                _position = null;
                position = rows.TryAppend(run, note.Epoch, position, chunk) ? position + chunk.Length : Find();
                _heardAt = time.GetTimestamp();
            }

            if (complete)
                rows.Close(run, note.Epoch);
            else if (time.GetElapsedTime(_heardAt) >= SilentAtMost)
                Touch();
        }
        catch
        {
            _position = null;
            throw;
        }
    }

    private void Touch()
    {
        rows.Touch(run, note.Epoch);
        _heardAt = time.GetTimestamp();
    }

    private long Find()
    {
        if (rows.End(run) is not { } end)
            throw new RefusedException("the run was deleted there");
        if (end.Epoch > note.Epoch)
            throw new RefusedException("another process has taken the run over");
        if (end.Bytes < note.From)
            throw new RefusedException("its beginning is missing there");
        return end.Bytes;
    }

    private byte[] Next(Stream file, long position)
    {
        file.Position = position - note.From;
        var chunk = new byte[Math.Clamp(file.Length - file.Position, 0, JournalRows.MostBytes)];
        file.ReadExactly(chunk);
        return chunk;
    }
}
