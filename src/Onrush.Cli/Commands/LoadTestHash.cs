using System.Reflection;
using Onrush.Cli.Scripts;

namespace Onrush.Cli.Commands;

/// <summary>Tells the contents of one load test from those of others: two runs with the same hash ran the same code.</summary>
internal static class LoadTestHash
{
    /// <param name="source">What was compiled; null when the program is the load test.</param>
    /// <param name="assembly">What it was compiled to.</param>
    /// <returns>Hexadecimal digits.</returns>
    public static string Of(LoadTestSource? source, Assembly assembly)
    {
        // Of a project the compiler knows all files, and what it gives is named by their contents.
        if (source is not { Files.Count: > 0 })
            return assembly.ManifestModule.ModuleVersionId.ToString("N");
        var hash = new Sha256();
        foreach (ScriptFile file in Script.Read(source.Files).Files)
            hash.Append(Sha256.Of(file.Content));
        return Convert.ToHexStringLower(hash.Finish());
    }
}
