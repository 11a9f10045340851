using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Onrush.Dashboard.Tests;

/// <summary>Compares an answer with a checked-in file. With ONRUSH_UPDATE_GOLDEN=1 the file is written anew instead, for review by diff.</summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Check(JsonElement json, string name, [CallerFilePath] string test = "") => Check(JsonSerializer.Serialize(json, Indented) + "\n", name + ".json", test);

    public static void Check(string text, string name, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("ONRUSH_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        File.Exists(path).ShouldBeTrue($"{path} is missing; run with ONRUSH_UPDATE_GOLDEN=1 and review it");
        text.ReplaceLineEndings("\n").ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"differs from {path}");
    }
}
