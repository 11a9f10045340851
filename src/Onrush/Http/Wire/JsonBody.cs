using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Onrush.Http.Wire;

/// <summary>Writes values as JSON straight into a request.</summary>
internal static class JsonBody
{
    // One per thread, because a loop is a thread. Options other than the usual ones get a writer of their own.
    [ThreadStatic]
    private static Utf8JsonWriter? usual;

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Gets the JSON.</param>
    /// <param name="value">The value.</param>
    /// <param name="how">Its <see cref="JsonTypeInfo"/> or its declared <see cref="Type"/>; a type means System.Text.Json's web defaults.</param>
    public static void WriteTo(RequestWriter writer, object? value, object how)
    {
        if (how is Type type)
        {
            var shared = Usual(writer);
            JsonSerializer.Serialize(shared, value, type, JsonSerializerOptions.Web);
            shared.Flush();
            return;
        }

        var info = (JsonTypeInfo)how;
        var options = info.Options;
        if (options.Encoder is null && !options.WriteIndented && options.MaxDepth == 0)
        {
            var shared = Usual(writer);
            JsonSerializer.Serialize(shared, value, info);
            shared.Flush();
            return;
        }

        using var own = new Utf8JsonWriter(writer, new JsonWriterOptions
        {
            Encoder = options.Encoder,
            Indented = options.WriteIndented,
            IndentCharacter = options.IndentCharacter,
            IndentSize = options.IndentSize,
            NewLine = options.NewLine,
            MaxDepth = options.MaxDepth,
        });
        JsonSerializer.Serialize(own, value, info);
    }

    private static Utf8JsonWriter Usual(RequestWriter writer)
    {
        usual ??= new Utf8JsonWriter(writer, new JsonWriterOptions { SkipValidation = true });
        usual.Reset(writer);
        return usual;
    }
}
