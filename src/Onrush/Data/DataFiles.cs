using System.Collections.Concurrent;

namespace Onrush.Data;

/// <summary>
/// The data files of load tests in this process: which were read, so that a master can send them along, and those that came from a master, which are then taken
/// in place of files of this machine. A file is known by the name and the source that the load test gives for it. Any thread.
/// </summary>
internal static class DataFiles
{
    private static readonly ConcurrentDictionary<(string Name, string Source), string> Read = new();
    private static IReadOnlyDictionary<(string Name, string Source), byte[]> _sent = new Dictionary<(string, string), byte[]>();

    /// <summary>The files that were read, with the path of each.</summary>
    public static IReadOnlyDictionary<(string Name, string Source), string> Used => Read;

    /// <summary>A load test came with these files.</summary>
    public static void Take(IReadOnlyDictionary<(string Name, string Source), byte[]> sent) => Volatile.Write(ref _sent, sent);

    /// <summary>Notes that a file is used.</summary>
    public static void Note(string name, string source, string path) => Read[(name, source)] = path;

    /// <summary>Contents that came from a master; null for a file of this machine.</summary>
    public static byte[]? Find(string name, string source) => Volatile.Read(ref _sent).GetValueOrDefault((name, source));
}
