using System.Text;

namespace Onrush.Runs.Results;

/// <summary>Writes a file so that whoever reads it sees the old text or the new one, never half of it.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Replaces the file by what is written to the stream.</summary>
    /// <exception cref="IOException">The disk does not take it; the old file stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string draft = DraftOf(path);
        try
        {
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
                write(stream);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            TryDelete(draft);
            throw;
        }
    }

    /// <summary>Replaces the file by the text, in UTF-8.</summary>
    /// <exception cref="IOException">The disk does not take it; the old file stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Utf8.GetBytes(text)));

    /// <summary>Makes the folder where it is missing and finds out whether the file could be written, leaving it as it is.</summary>
    /// <exception cref="ResultFileException">It could not.</exception>
    public static void Check(string option, string path)
    {
        if (Directory.Exists(path))
            throw new ResultFileException(option, path, "it is a folder");
        string draft = DraftOf(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(draft, "");
            if (File.Exists(path))
                File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ResultFileException(option, path, e.Message);
        }
        finally
        {
            TryDelete(draft);
        }
    }

    // In the same folder, so that the last step is a rename within one file system.
    private static string DraftOf(string path) => $"{path}.{Environment.ProcessId}.part";

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
