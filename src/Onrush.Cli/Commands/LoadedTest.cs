using System.Reflection;
using Onrush.Cli.Options;
using Onrush.Cli.Scripts;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>A load test that is compiled, with its name and all options known.</summary>
/// <param name="Name">What the user calls it: the name of the file.</param>
/// <param name="Definition">Everything it declares.</param>
/// <param name="Options">The command's options and its own.</param>
/// <param name="Hash">Tells its contents from others.</param>
internal sealed record LoadedTest(string Name, LoadTestDefinition Definition, IReadOnlyList<CommandOption> Options, string Hash)
{
    /// <summary>Where the compiled assembly lies.</summary>
    public string AssemblyPath { get; init; } = "";

    /// <summary>Finds out what -f means; null in a program that is the load test itself.</summary>
    /// <exception cref="ScriptException">It is missing.</exception>
    /// <exception cref="OptionException">There is a load test already.</exception>
    public static LoadTestSource? Find(OptionValues values, CommandHost host)
    {
        bool isGiven = values.IsGiven(OptionCatalog.File);
        if (host.LoadTest is null)
            return LoadTestSource.Find(values.Get(OptionCatalog.File), host.Directory, isDefault: !isGiven);
        return isGiven ? throw new OptionException("-f: this program is the load test itself; start another one by the onrush command") : null;
    }

    /// <exception cref="ScriptException">It is missing or does not compile.</exception>
    /// <exception cref="LoadTestException">Something in it is wrong.</exception>
    public static LoadedTest Load(OptionValues values, CommandHost host, Action<string> warning)
    {
        LoadTestSource? source = Find(values, host);
        string path = host.LoadTest?.Location ?? "";
        Assembly assembly = source is not null
            ? new LoadTestLoader(ScriptCache.Folder(host.Environment), host.Directory, CompilerProcess.Run, warning).Load(source, out path)
            : host.LoadTest!;
        LoadTestDefinition definition = LoadTestDefinition.FromAssembly(assembly);
        string name = host.LoadTest is null
            ? string.Join(", ", values.Get(OptionCatalog.File).Select(Path.GetFileName))
            : assembly.GetName().Name!;
        return new LoadedTest(name, definition, OwnOptions.WithCatalog(definition), LoadTestHash.Of(source, assembly)) { AssemblyPath = path };
    }
}
