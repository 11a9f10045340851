using System.Text.Unicode;
using Onrush.Users;

namespace Onrush.Data;

/// <summary>A file with data.</summary>
/// <param name="Path">Where it is, absolute.</param>
/// <param name="Name">What messages call it: as the load test does.</param>
internal sealed record DataFile(string Path, string Name)
{
    private byte[]? Sent { get; init; }

    /// <summary>Finds a file beside the source that names it, else in the folder that the command runs in.</summary>
    /// <exception cref="LoadTestException">It is in neither.</exception>
    public static DataFile Find(string path, string source)
    {
        if (path.Length == 0)
            throw new LoadTestException("A feeder has no file: name one.");
        if (DataFiles.Find(path, source) is { } sent)
            return new DataFile(path, path) { Sent = sent };
        var folder = System.IO.Path.GetDirectoryName(source);
        string[] folders = string.IsNullOrEmpty(folder) ? [Environment.CurrentDirectory] : [folder, Environment.CurrentDirectory];
        var tried = folders.Select(from => System.IO.Path.GetFullPath(path, System.IO.Path.GetFullPath(from))).Distinct().ToArray();
        if (tried.FirstOrDefault(File.Exists) is { } found)
        {
            DataFiles.Note(path, source, found);
            return new DataFile(found, path);
        }

        throw new LoadTestException($"There is no data file {path} (looked for {string.Join(" and ", tried)}): put it beside the load test.");
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="LoadTestException">It cannot be read.</exception>
    public T Read<T>(Func<Stream, T> read)
    {
        try
        {
            if (Sent is not null)
                return read(new MemoryStream(Sent, writable: false));
            using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
            return read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoadTestException($"The data file {Path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The line, from 1, with the first bytes that are not UTF-8.</summary>
    public long FirstLineThatIsNotUtf8()
    {
        var rest = (Sent ?? File.ReadAllBytes(Path)).AsSpan();
        for (var line = 1; ; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 || !Utf8.IsValid(rest[..end]))
                return line;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>The exception for a mistake in it.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="fault">What is wrong and what to do, as the end of a sentence.</param>
    public LoadTestException Refused(long line, string fault) => new($"{char.ToUpperInvariant(fault[0])}{fault.AsSpan(1)}{(fault[^1] is '.' or '?' ? "" : ".")}", new SourcePlace(Path, (int)Math.Min(line, int.MaxValue)));
}
