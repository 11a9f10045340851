using System.Runtime.CompilerServices;

namespace Onrush.Runs.Tests;

/// <summary>Compares a text with a checked-in file. With ONRUSH_UPDATE_GOLDEN=1 the file is written anew instead, for review by diff.</summary>
internal static class CheckedIn
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>The file at a path from the repository's root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static void Check(string text, string relative)
    {
        string path = PathOf(relative);
        if (Environment.GetEnvironmentVariable("ONRUSH_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        File.Exists(path).ShouldBeTrue($"{path} is missing; run with ONRUSH_UPDATE_GOLDEN=1 and review it");
        text.ShouldBe(File.ReadAllText(path), $"differs from {path}");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
