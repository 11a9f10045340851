using Onrush.Cli.Scripts;

namespace Onrush.Cli.Demo;

/// <summary>What the demo leaves in the current folder: the load test that it ran, and the report.</summary>
internal static class DemoFiles
{
    /// <summary>Name of the load test.</summary>
    public const string LoadTest = "onrush-demo.cs";

    /// <summary>Name of the report.</summary>
    public const string Report = "onrush-demo.html";

    private const string Resource = "Onrush.Cli.Demo.demo.cs";

    /// <summary>The load test.</summary>
    public static string Text
    {
        get
        {
            using StreamReader reader = new(typeof(DemoFiles).Assembly.GetManifestResourceStream(Resource)!);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Writes the load test, unless somebody has changed the one that lies there.</summary>
    /// <param name="directory">Where to.</param>
    /// <returns>Its full name.</returns>
    /// <exception cref="ScriptException">It cannot be written.</exception>
    public static string WriteLoadTest(string directory)
    {
        string path = Path.Combine(directory, LoadTest);
        try
        {
            if (!File.Exists(path))
                File.WriteAllText(path, Text);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScriptException($"demo writes {LoadTest} into the current folder, which cannot be done: {e.Message}");
        }
    }
}
