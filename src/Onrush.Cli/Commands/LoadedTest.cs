using System.Reflection;
using Onrush.Cli.Options;
using Onrush.Cli.Scripts;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>A load test that is compiled, with its name and all options known.</summary>
/// <param name="Name">What the user calls it: the name of the file.</param>
/// <param name="Definition">Everything it declares.</param>
/// <param name="Options">The command's options and its own.</param>
internal sealed record LoadedTest(string Name, LoadTestDefinition Definition, IReadOnlyList<CommandOption> Options)
{
    /// <exception cref="ScriptException">It is missing.</exception>
    public static LoadTestSource Find(OptionValues values, CommandHost host) =>
        LoadTestSource.Find(values.Get(OptionCatalog.File), host.Directory, isDefault: !values.IsGiven(OptionCatalog.File));

    /// <exception cref="ScriptException">It is missing or does not compile.</exception>
    /// <exception cref="LoadTestException">Something in it is wrong.</exception>
    public static LoadedTest Load(OptionValues values, CommandHost host, Action<string> warning)
    {
        IReadOnlyList<string> files = values.Get(OptionCatalog.File);
        LoadTestSource source = Find(values, host);
        LoadTestLoader loader = new(ScriptCache.Folder(host.Environment), host.Directory, CompilerProcess.Run, warning);
        Assembly assembly = loader.Load(source);
        LoadTestDefinition definition = LoadTestDefinition.FromAssembly(assembly);
        return new LoadedTest(string.Join(", ", files.Select(Path.GetFileName)), definition, OwnOptions.WithCatalog(definition));
    }
}
