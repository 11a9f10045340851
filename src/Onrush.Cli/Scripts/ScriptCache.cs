namespace Onrush.Cli.Scripts;

/// <summary>
/// Compiled load tests by key, one folder each: <c>loadtest.dll</c>, <c>loadtest.pdb</c>, for builds of the SDK all that they need.
/// Several processes may use it at once: a folder appears whole or not at all.
/// </summary>
internal sealed class ScriptCache(string root, TimeProvider time)
{
    /// <summary>Entries that nobody used for this long are removed.</summary>
    public static readonly TimeSpan LongestUnused = TimeSpan.FromDays(30);

    /// <summary>More entries than this, and the longest unused are removed.</summary>
    public const int MostEntries = 200;

    /// <summary>More bytes than this together, and the longest unused are removed.</summary>
    public const long MostBytes = 1L << 30;

    private const string UsedMark = "used";

    /// <summary>The folder that the environment asks for: ONRUSH_CACHE, else onrush under XDG_CACHE_HOME, else under ~/.cache.</summary>
    public static string Folder(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue("ONRUSH_CACHE", out string? own) && own.Length > 0)
            return Path.GetFullPath(own);
        if (environment.TryGetValue("XDG_CACHE_HOME", out string? xdg) && Path.IsPathRooted(xdg))
            return Path.Combine(xdg, "onrush");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".cache", "onrush") : Path.Combine(Path.GetTempPath(), "onrush-" + Environment.UserName);
    }

    /// <summary>The folder of an entry, or null when there is none.</summary>
    public string? Find(string key)
    {
        string folder = Path.Combine(root, key);
        if (!Directory.Exists(folder))
            return null;
        try
        {
            string mark = Path.Combine(folder, UsedMark);
            // Once a day is enough to know what is in use.
            if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(mark) > TimeSpan.FromDays(1))
                Touch(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that can only be read is a cache all the same.
        }

        return folder;
    }

    /// <summary>Makes an entry; what somebody else made in the meantime stays.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    /// <exception cref="ScriptException">The cache cannot be written.</exception>
    public string Store(string key, Action<string> fill)
    {
        string folder = Path.Combine(root, key);
        string made = Path.Combine(root, $".{key[..8]}-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(made);
            fill(made);
            Touch(made);
            try
            {
                Directory.Move(made, folder);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                Directory.Delete(made, recursive: true);
            }

            Prune();
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScriptException($"the cache {root} cannot be written ({e.Message}); name another folder with ONRUSH_CACHE");
        }
        finally
        {
            TryDelete(made);
        }
    }

    private void Touch(string folder)
    {
        string mark = Path.Combine(folder, UsedMark);
        File.WriteAllBytes(mark, []);
        File.SetLastWriteTimeUtc(mark, time.GetUtcNow().UtcDateTime);
    }

    private void Prune()
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        var entries = new DirectoryInfo(root).EnumerateDirectories()
            .Select(folder => (Folder: folder.FullName, Used: LastUsed(folder), Bytes: Size(folder)))
            .OrderByDescending(entry => entry.Used);
        int count = 0;
        long bytes = 0;
        foreach ((string folder, DateTime used, long size) in entries)
        {
            count++;
            bytes += size;
            bool unfinished = Path.GetFileName(folder).StartsWith('.');
            if (now - used > (unfinished ? TimeSpan.FromHours(1) : LongestUnused) || (!unfinished && count > 1 && (count > MostEntries || bytes > MostBytes)))
                TryDelete(folder);
        }
    }

    private static DateTime LastUsed(DirectoryInfo folder)
    {
        FileInfo mark = new(Path.Combine(folder.FullName, UsedMark));
        return mark.Exists ? mark.LastWriteTimeUtc : folder.LastWriteTimeUtc;
    }

    private static long Size(DirectoryInfo folder)
    {
        try
        {
            return folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else is at it, or may; the next one tries again.
        }
    }
}
