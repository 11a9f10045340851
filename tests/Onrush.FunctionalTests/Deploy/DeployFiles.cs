using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;
using YamlDotNet.Serialization;

namespace Onrush.FunctionalTests.Deploy;

/// <summary>What stands in deploy/, read as YAML.</summary>
internal static partial class DeployFiles
{
    /// <summary>Every document of every YAML file below deploy/, with its path from the root.</summary>
    public static IEnumerable<(string Path, Dictionary<object, object?> Content)> Documents() =>
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*.yaml", SearchOption.AllDirectories)
        from document in Divider().Split(File.ReadAllText(path))
        where document.Trim().Length > 0
        select (Path.GetRelativePath(Repository.Root, path), Read(document));

    /// <summary>The services of compose.yaml, what they inherit put in.</summary>
    public static Dictionary<string, Dictionary<object, object?>> Services() =>
        ((Dictionary<object, object?>)Documents().Single(document => document.Path == "deploy/compose.yaml").Content["services"]!)
        .ToDictionary(service => (string)service.Key, service => Merged((Dictionary<object, object?>)service.Value!));

    /// <summary>A service's environment with the values of deploy/example.env.</summary>
    public static Dictionary<string, string> Environment(Dictionary<object, object?> service) => service.TryGetValue("environment", out var given)
        ? ((Dictionary<object, object?>)given!).ToDictionary(variable => (string)variable.Key, variable => Substituted($"{variable.Value}"))
        : [];

    /// <summary>A service's command, word by word.</summary>
    public static string[] Command(Dictionary<object, object?> service) => $"{service["command"]}".Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every object with that key, however deep.</summary>
    public static IEnumerable<Dictionary<object, object?>> With(object? content, string key) => content switch
    {
        Dictionary<object, object?> map => (map.ContainsKey(key) ? [map] : Array.Empty<Dictionary<object, object?>>()).Concat(map.Values.SelectMany(value => With(value, key))),
        List<object?> list => list.SelectMany(value => With(value, key)),
        _ => [],
    };

    private static Dictionary<object, object?> Read(string text) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(text);

    private static Dictionary<object, object?> Merged(Dictionary<object, object?> service)
    {
        var all = new Dictionary<object, object?>(service);
        if (all.Remove("<<", out var inherited))
        {
            foreach (var (key, value) in (Dictionary<object, object?>)inherited!)
                all.TryAdd(key, value);
        }

        return all;
    }

    private static string Substituted(string text) => Variable().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        var line = File.ReadLines(Path.Combine(Repository.Root, "deploy", "example.env")).FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal));
        return line?[(name.Length + 1)..] ?? throw new InvalidOperationException($"{name} is not in deploy/example.env");
    });

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline)]
    private static partial Regex Divider();

    [GeneratedRegex(@"\$\{(?<name>\w+)(:\?)?\}")]
    private static partial Regex Variable();
}
