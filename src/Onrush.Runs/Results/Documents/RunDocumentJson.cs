using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Onrush.Measurement;

namespace Onrush.Runs.Results;

/// <summary>Reads and writes the document.</summary>
internal static class RunDocumentJson
{
    /// <summary>One line, for the wire.</summary>
    public static RunDocumentContext Compact { get; } = new(Options(indented: false));

    /// <summary>For people and for files under version control.</summary>
    public static RunDocumentContext Indented { get; } = new(Options(indented: true));

    /// <summary>Writes the document as UTF-8.</summary>
    public static void Write(RunDocument document, Stream stream, bool indented = true) =>
        JsonSerializer.Serialize(stream, document, (indented ? Indented : Compact).RunDocument);

    /// <summary>The document as text.</summary>
    public static string Text(RunDocument document, bool indented = false) =>
        JsonSerializer.Serialize(document, (indented ? Indented : Compact).RunDocument);

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static RunDocument Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, Compact.RunDocument) ?? throw new JsonException("The document is null.");

    // What is escaped for HTML (<, >, &) stays escaped: the document is also inlined in a page.
    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        Converters =
        {
            new JsonStringEnumConverter<Outcome>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<RunPhase>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<WorkerCondition>(JsonNamingPolicy.CamelCase),
        },
    };
}

/// <summary>The serialiser's code for the document, made at build time so that a short run does not pay for reflection.</summary>
[JsonSerializable(typeof(RunDocument))]
internal sealed partial class RunDocumentContext : JsonSerializerContext;
