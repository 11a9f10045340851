using System.Reflection;
using System.Runtime.Loader;

namespace Onrush.Cli.Scripts;

/// <summary>Where a load test is loaded that came from a master: from memory, with what it needs beside itself.</summary>
/// <param name="needed">Assemblies by name.</param>
internal sealed class ShippedContext(IReadOnlyDictionary<string, byte[]> needed) : AssemblyLoadContext("shipped load test")
{
    /// <summary>Loads it; the PDB gives stack traces their lines.</summary>
    public Assembly Load(byte[] assembly, byte[]? symbols)
    {
        using MemoryStream dll = new(assembly, writable: false);
        using MemoryStream? pdb = symbols is null ? null : new(symbols, writable: false);
        return LoadFromStream(dll, pdb);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is { } name && needed.TryGetValue(name, out byte[]? bytes) ? Load(bytes, null) : null;
}
