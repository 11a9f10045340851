using System.Text;

namespace Onrush.Tests.Data;

/// <summary>A folder for data files that is gone afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("onrush-data-").FullName;

    /// <summary>What the compiler would give as the source of a load test in this folder.</summary>
    public string Source => System.IO.Path.Combine(Path, "test.cs");

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return name;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
