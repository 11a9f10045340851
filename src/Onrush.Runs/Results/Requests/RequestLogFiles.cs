using System.IO.Compression;

namespace Onrush.Runs.Results.Requests;

/// <summary>The files of a request log: the first by the name that was given, the following ones with -2, -3 and so on before the ending.</summary>
/// <param name="Path">The first one.</param>
/// <param name="IsCompressed">Whether they are packed with gzip.</param>
internal sealed record RequestLogFiles(string Path, bool IsCompressed)
{
    private static readonly string[] Plain = [".jtl", ".csv"];

    /// <summary>
    /// The files of a name. Ending in .gz they are packed, in .jtl or .csv they are not; a name with another ending gets .jtl.gz behind it.
    /// </summary>
    public static RequestLogFiles Of(string path) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new(path, true)
        : Plain.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? new(path, false)
        : new(path + ".jtl.gz", true);

    /// <summary>The path of the file with a number, from 1.</summary>
    public string PathOf(int number)
    {
        if (number == 1)
            return Path;
        string folder = System.IO.Path.GetDirectoryName(Path) ?? "", name = System.IO.Path.GetFileName(Path);
        string ending = IsCompressed ? System.IO.Path.GetExtension(System.IO.Path.GetFileNameWithoutExtension(name)) + System.IO.Path.GetExtension(name) : System.IO.Path.GetExtension(name);
        return System.IO.Path.Combine(folder, $"{name[..^ending.Length]}-{number}{ending}");
    }

    /// <summary>Begins a file; one that is there is replaced.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public Stream Create(int number)
    {
        var file = new FileStream(PathOf(number), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        return IsCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    /// <summary>Opens a file to read; null when there is none of that number.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Stream? Open(int number)
    {
        if (!File.Exists(PathOf(number)))
            return null;
        var file = new FileStream(PathOf(number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        return IsCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
