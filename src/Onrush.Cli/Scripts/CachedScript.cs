namespace Onrush.Cli.Scripts;

/// <summary>Names of the files of an entry of the cache.</summary>
internal static class CachedScript
{
    /// <summary>The assembly, where our own compiler made it.</summary>
    public const string AssemblyName = "loadtest.dll";

    /// <summary>Its portable PDB.</summary>
    public const string SymbolsName = "loadtest.pdb";

    /// <summary>Holds the name of the assembly, where the SDK made the entry.</summary>
    public const string SdkResultName = "assembly.txt";
}
