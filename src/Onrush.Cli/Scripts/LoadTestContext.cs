using System.Reflection;
using System.Runtime.Loader;

namespace Onrush.Cli.Scripts;

/// <summary>
/// Where a load test is loaded. What it needs beside itself comes from its own folder, but Onrush is always the one that runs it.
/// </summary>
internal sealed class LoadTestContext : AssemblyLoadContext
{
    private static readonly string[] Shared = ["Onrush", "Onrush.Runs", "Onrush.Cluster", "Onrush.Cli"];

    private readonly AssemblyDependencyResolver? _resolver;

    /// <param name="path">The assembly, when there are others beside it that it may need.</param>
    public LoadTestContext(string? path)
        : base("load test")
    {
        if (path is not null)
            _resolver = new AssemblyDependencyResolver(path);
    }

    /// <summary>Loads from memory; the PDB gives stack traces their lines.</summary>
    public Assembly Load(byte[] assembly, byte[] symbols)
    {
        using MemoryStream dll = new(assembly, writable: false), pdb = new(symbols, writable: false);
        return LoadFromStream(dll, pdb);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is { } name && !Shared.Contains(name) && _resolver?.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
