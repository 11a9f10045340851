using System.Runtime.CompilerServices;

namespace Onrush.Tests;

/// <summary>Compares a text with a checked-in file. With ONRUSH_UPDATE_GOLDEN=1 the file is written anew instead, for review by diff.</summary>
internal static class Golden
{
    public static void Check(string text, string name, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "Golden", name + ".txt");
        if (Environment.GetEnvironmentVariable("ONRUSH_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing; run with ONRUSH_UPDATE_GOLDEN=1 and review it");
        text.ShouldBe(File.ReadAllText(path), $"differs from {path}");
    }
}
