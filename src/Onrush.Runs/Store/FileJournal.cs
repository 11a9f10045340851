using Microsoft.Win32.SafeHandles;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Store;

/// <summary>A journal in a file.</summary>
internal sealed class FileJournal : IJournalFile
{
    private readonly SafeFileHandle _handle;
    private long _length;

    private FileJournal(SafeFileHandle handle, long length) => (_handle, _length) = (handle, length);

    /// <summary>Begins a new file.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileJournal Create(string path) =>
        new(File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), 0);

    /// <summary>Goes on with a file whose writer has ended. What it left half written at the end is cut off.</summary>
    /// <exception cref="JournalException">The file is no journal, or a newer one.</exception>
    public static FileJournal Continue(string path)
    {
        long good;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            var frames = new FrameReader(stream);
            while (frames.TryRead(out _, out _, out _))
            {
            }

            good = frames.GoodEnd;
        }

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(handle, good);
        return new FileJournal(handle, good);
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> frames)
    {
        try
        {
            RandomAccess.Write(_handle, frames, _length);
            _length += frames.Length;
        }
        catch
        {
            // Half a frame in the middle would have to be taken for damage later.
            CutBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Sync() => RandomAccess.FlushToDisk(_handle);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void CutBack()
    {
        try
        {
            RandomAccess.SetLength(_handle, _length);
        }
        catch (IOException)
        {
            // The next write goes to the same place.
        }
    }
}
