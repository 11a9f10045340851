using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Onrush.Cli.Scripts;
using Onrush.Cluster;
using Onrush.Data;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>
/// A load test as it goes to workers: a ZIP with the assembly, its PDB, the assemblies it needs and the data files it has read. So a worker needs neither the
/// source, nor a compiler, nor the data. It is loaded from memory, after its hash was checked.
/// </summary>
internal static class TestShipment
{
    private const string AssemblyName = "loadtest.dll", SymbolsName = "loadtest.pdb", NeededFolder = "needed/", DataFolder = "data/", DataIndex = "data.json";

    /// <summary>Packs a load test that is compiled and whose data were read.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <exception cref="LoadTestException">It is too large.</exception>
    public static SharedContents Pack(string assembly)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, AssemblyName, assembly);
            string symbols = Path.ChangeExtension(assembly, ".pdb");
            if (File.Exists(symbols))
                Add(zip, SymbolsName, symbols);
            foreach (string needed in Directory.EnumerateFiles(Path.GetDirectoryName(assembly)!, "*.dll").Where(path => path != assembly && !IsOurs(path)).Order(StringComparer.Ordinal))
                Add(zip, NeededFolder + Path.GetFileName(needed), needed);
            List<DataEntry> index = [];
            foreach (((string name, string source), string path) in DataFiles.Used.OrderBy(used => used.Key))
            {
                index.Add(new DataEntry(name, source));
                Add(zip, DataFolder + (index.Count - 1), path);
            }

            using Stream entry = Entry(zip, DataIndex).Open();
            JsonSerializer.Serialize(entry, index);
        }

        try
        {
            return SharedContents.Of(bytes.ToArray());
        }
        catch (ArgumentException e)
        {
            throw new LoadTestException($"The load test with its data files is too large for workers: {e.Message}");
        }
    }

    /// <summary>Loads a load test that came from a master.</summary>
    /// <param name="contents">What came, checked against its hash.</param>
    /// <exception cref="LoadTestException">It is none.</exception>
    public static LoadTestDefinition Load(SharedContents contents)
    {
        Dictionary<string, byte[]> files = [];
        using (ZipArchive zip = new(new MemoryStream(contents.Bytes.ToArray(), writable: false), ZipArchiveMode.Read))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                if (entry.Length > 16L * SharedContents.MostBytes)
                    throw new LoadTestException("The load test that the master sent is too large.");
                using Stream stream = entry.Open();
                using MemoryStream bytes = new();
                stream.CopyTo(bytes);
                files[entry.FullName] = bytes.ToArray();
            }
        }

        List<DataEntry> index = JsonSerializer.Deserialize<List<DataEntry>>(files[DataIndex]) ?? [];
        DataFiles.Take(index.Select((entry, i) => (entry, Bytes: files[DataFolder + i])).ToDictionary(file => (file.entry.Name, file.entry.Source), file => file.Bytes));
        Dictionary<string, byte[]> needed = files.Where(file => file.Key.StartsWith(NeededFolder, StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Key), file => file.Value);
        Assembly assembly = new ShippedContext(needed).Load(files[AssemblyName], files.GetValueOrDefault(SymbolsName));
        return LoadTestDefinition.FromAssembly(assembly);
    }

    // The same contents have the same hash, whenever they were packed.
    private static ZipArchiveEntry Entry(ZipArchive zip, string name)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry;
    }

    private static void Add(ZipArchive zip, string name, string path)
    {
        try
        {
            using Stream entry = Entry(zip, name).Open();
            using FileStream file = File.OpenRead(path);
            file.CopyTo(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoadTestException($"{path} cannot be read to be sent to workers: {e.Message}");
        }
    }

    // What every worker has.
    private static bool IsOurs(string path) => File.Exists(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(path)));

    private sealed record DataEntry(string Name, string Source);
}
