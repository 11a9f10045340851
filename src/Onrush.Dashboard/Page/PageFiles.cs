using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Onrush.Dashboard;

/// <summary>The files of the page, as the build embedded them.</summary>
internal static class PageFiles
{
    /// <summary>What is said where there is no page.</summary>
    public const string Missing = "This build has no page, because npm was not there to build it: install Node.js with npm and build again, or run with --headless.";

    private const string Prefix = "page/";

    private static readonly Assembly Owner = typeof(PageFiles).Assembly;

    private static readonly FrozenDictionary<string, Lazy<PageFile>> Files = Owner.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => new Lazy<PageFile>(() => Read(name)), StringComparer.Ordinal);

    /// <summary>Whether there is a page.</summary>
    public static bool Exist => Files.ContainsKey("index.html");

    /// <summary>What the report is made from; null when there is no page.</summary>
    public static PageFile? Report => Find("report.html");

    /// <summary>A file by its path; null when there is none.</summary>
    public static PageFile? Find(string path) => Files.TryGetValue(path, out var file) ? file.Value : null;

    private static PageFile Read(string resource)
    {
        using var stream = Owner.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return new PageFile(resource[Prefix.Length..], copy.ToArray());
    }
}

/// <summary>A file with the forms in which it is sent. It is compressed when it is first asked for, once.</summary>
internal sealed class PageFile
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;
    private readonly byte[] _content;

    public PageFile(string path, byte[] content)
    {
        _content = content;
        ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"";
        // The names of these change with their content.
        IsImmutable = path.Replace('\\', '/').StartsWith("assets/", StringComparison.Ordinal);
        _brotli = new(() => Compressed(to => new BrotliStream(to, CompressionLevel.Optimal)));
        _gzip = new(() => Compressed(to => new GZipStream(to, CompressionLevel.Optimal)));
    }

    public ReadOnlyMemory<byte> Content => _content;

    public string ContentType { get; }

    /// <summary>Entity tag.</summary>
    public string Tag { get; }

    /// <summary>Whether a browser may keep it for ever.</summary>
    public bool IsImmutable { get; }

    /// <summary>The content in a form that the browser takes.</summary>
    /// <param name="accepted">Its Accept-Encoding header.</param>
    public (ReadOnlyMemory<byte> Content, string? Encoding) For(string accepted) =>
        accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? (_brotli.Value, "br")
        : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (_gzip.Value, "gzip")
        : (_content, null);

    private byte[] Compressed(Func<Stream, Stream> compressor)
    {
        using var copy = new MemoryStream();
        using (var stream = compressor(copy))
            stream.Write(_content);
        return copy.ToArray();
    }
}
