using System.Reflection;
using Onrush.Cli.Logging;

namespace Onrush.Cli.Scripts;

/// <summary>From what -f names to a loaded assembly: out of the cache if it is there, else compiled first.</summary>
/// <param name="cacheFolder">Folder of the cache.</param>
/// <param name="directory">Folder that names are relative to.</param>
/// <param name="compile">Compiles a script into the cache: <see cref="CompilerProcess.Run"/>.</param>
/// <param name="warning">Takes what the compiler warns of.</param>
internal sealed class LoadTestLoader(
    string cacheFolder, string directory, Func<Script, string, string, IReadOnlyList<ScriptMessage>> compile, Action<string> warning)
{
    private readonly ScriptCache _cache = new(cacheFolder, TimeProvider.System);

    /// <exception cref="ScriptException">It is missing or does not compile.</exception>
    public Assembly Load(LoadTestSource source) => Load(source, out _);

    /// <param name="source">What it is made of.</param>
    /// <param name="path">Where the assembly lies.</param>
    /// <exception cref="ScriptException">It is missing or does not compile.</exception>
    public Assembly Load(LoadTestSource source, out string path)
    {
        if (source.Assembly is not null)
            return FromPath(path = source.Assembly);
        if (source.Project is not null)
            return FromPath(path = Built(source.Project, output: null));
        Script script = Script.Read(source.Files);
        if (script.NeedsSdk)
            return FromPath(path = BuiltBySdk(script));
        string folder = Compiled(script);
        path = Path.Combine(folder, CachedScript.AssemblyName);
        return FromMemory(folder);
    }

    private string Compiled(Script script)
    {
        if (_cache.Find(script.Key) is { } cached)
            return cached;
        Check(compile(script, cacheFolder, directory));
        return _cache.Find(script.Key) ?? throw new ScriptException($"the compiler left nothing in the cache {cacheFolder}");
    }

    private string BuiltBySdk(Script script)
    {
        if (script.Files.Count > 1)
            throw new ScriptException(
                $"{ScriptMessage.Shorten(script.Files.First(file => file.Directives.Any(d => d.NeedsSdk)).Path, directory)}: "
                + "a file with #:package, #:project or #:sdk lines has to be the only one; make a project (.csproj) of several");
        string file = script.Files[0].Path;
        // Projects change without the file changing: the SDK has to look each time.
        if (script.HasProjects)
            return Built(file, output: null);
        string? entry = _cache.Find(script.Key);
        if (entry is null)
        {
            entry = _cache.Store(script.Key, folder =>
                File.WriteAllText(Path.Combine(folder, CachedScript.SdkResultName), Path.GetFileName(Built(file, folder))));
        }

        return Path.Combine(entry, File.ReadAllText(Path.Combine(entry, CachedScript.SdkResultName)));
    }

    private string Built(string input, string? output)
    {
        (string assembly, IReadOnlyList<ScriptMessage> messages) = SdkBuild.Build(input, output, directory);
        Check(messages);
        return assembly;
    }

    private void Check(IReadOnlyList<ScriptMessage> messages)
    {
        List<string> errors = [.. messages.Where(message => message.IsError).Select(message => message.Text)];
        if (errors.Count > 0)
            throw new ScriptException(errors);
        foreach (ScriptMessage message in messages)
            warning(message.Text);
    }

    private static Assembly FromMemory(string folder) => new LoadTestContext(path: null).Load(
        File.ReadAllBytes(Path.Combine(folder, CachedScript.AssemblyName)), File.ReadAllBytes(Path.Combine(folder, CachedScript.SymbolsName)));

    private static Assembly FromPath(string path)
    {
        try
        {
            return new LoadTestContext(path).LoadFromAssemblyPath(path);
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or InvalidOperationException)
        {
            throw new ScriptException($"{path} is not a .NET assembly that can be loaded: {e.Message}");
        }
    }
}
