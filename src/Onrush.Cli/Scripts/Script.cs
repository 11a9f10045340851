using System.Buffers.Binary;
using System.Text;

namespace Onrush.Cli.Scripts;

/// <summary>C# files that make one load test, as they were at one moment.</summary>
internal sealed class Script
{
    private Script(IReadOnlyList<ScriptFile> files)
    {
        Files = files;
        Key = MakeKey(files);
    }

    /// <summary>The files, in the order they were named.</summary>
    public IReadOnlyList<ScriptFile> Files { get; }

    /// <summary>
    /// Names what compiling gives: SHA-256 over the files (their paths too, since stack traces show them), this build of Onrush and
    /// the framework, in hexadecimal.
    /// </summary>
    public string Key { get; }

    /// <summary>True when a file has lines such as #:package, which only the SDK can follow.</summary>
    public bool NeedsSdk => Files.Any(file => file.Directives.Any(directive => directive.NeedsSdk));

    /// <summary>True when projects take part, whose own files the key knows nothing of.</summary>
    public bool HasProjects => Files.Any(file => file.Directives.Any(directive => directive is { Kind: "project", NeedsSdk: true }));

    /// <param name="paths">Absolute paths.</param>
    /// <exception cref="ScriptException">A file cannot be read.</exception>
    public static Script Read(IReadOnlyList<string> paths) => new([.. paths.Select(ScriptFile.Read)]);

    private static string MakeKey(IReadOnlyList<ScriptFile> files)
    {
        var hash = new Sha256();
        Append(hash, typeof(Engine.MonotonicClock).Module.ModuleVersionId.ToByteArray());
        Append(hash, typeof(Script).Module.ModuleVersionId.ToByteArray());
        Append(hash, Encoding.UTF8.GetBytes(Environment.Version.ToString()));
        foreach (ScriptFile file in files)
        {
            Append(hash, Encoding.UTF8.GetBytes(file.Path));
            Append(hash, file.Content);
        }

        return Convert.ToHexStringLower(hash.Finish());
    }

    // Each part with its length in front, so that no two lists of parts give the same bytes.
    private static void Append(Sha256 hash, byte[] part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.Append(length);
        hash.Append(part);
    }
}
