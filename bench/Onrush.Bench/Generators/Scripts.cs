namespace Onrush.Bench.Generators;

/// <summary>Files that other generators need to be told what to do.</summary>
internal static class Scripts
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("onrush-bench-scripts-");

    /// <summary>For wrk: the body of JSON.</summary>
    public static string WrkPost() => Write(
        "post.lua", $"wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = '{Load.Json}'\n");

    /// <summary>For siege: its settings, which close each connection otherwise.</summary>
    public static string SiegeSettings() => Write("siegerc", "connection = keep-alive\nbenchmark = true\nlogging = false\njson_output = false\nshow-logfile = false\nparser = false\nlimit = 1000\n");

    /// <summary>A home for programs that leave their settings there.</summary>
    public static string Home => Folder.FullName;

    /// <summary>Where bench/run has put the packages from npm.</summary>
    public static string Npm(string program) => Path.Combine(Repository.Root, "artifacts", "bench", "peers", "node_modules", ".bin", program);

    /// <summary>Forgets them.</summary>
    public static void Delete() => Folder.Delete(recursive: true);

    private static string Write(string name, string content)
    {
        var file = Path.Combine(Folder.FullName, name);
        File.WriteAllText(file, content);
        return file;
    }
}
