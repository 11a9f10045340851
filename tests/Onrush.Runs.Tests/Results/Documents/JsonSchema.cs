using System.Text.Json;
using System.Text.Json.Nodes;

namespace Onrush.Runs.Tests.Results.Documents;

/// <summary>The document's JSON schema (2020-12).</summary>
internal static class JsonSchema
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(Type root, string id, string title, string folder)
    {
        var descriptions = new Descriptions(folder);
        var definitions = new JsonObject();
        foreach (var type in DocumentShape.Enums(root).OrderBy(t => t.Name, StringComparer.Ordinal))
            definitions[type.Name] = new JsonObject { ["enum"] = new JsonArray([.. DocumentShape.Words(type).Select(w => JsonValue.Create(w))]) };
        foreach (var record in DocumentShape.Records(root).Skip(1))
            definitions[record.Name] = Record(record, descriptions);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = id,
            ["title"] = title,
        };
        foreach (var (name, value) in Record(root, descriptions).ToList())
            schema[name] = value!.DeepClone();
        schema["properties"]!["schemaVersion"]!["const"] = 1;
        schema["$defs"] = definitions;
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Record(Type record, Descriptions descriptions)
    {
        var properties = new JsonObject();
        foreach (var property in DocumentShape.Properties(record))
        {
            var schema = Schema(property.PropertyType);
            if (DocumentShape.IsNullable(property))
                schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            schema["description"] = descriptions.Of(property);
            properties[DocumentShape.Name(property)] = schema;
        }
        return new JsonObject
        {
            ["description"] = descriptions.Of(record),
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. DocumentShape.Properties(record).Select(p => JsonValue.Create(DocumentShape.Name(p)))]),
        };
    }

    private static JsonObject Schema(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return DocumentShape.IsList(type) ? new JsonObject { ["type"] = "array", ["items"] = Schema(type.GetGenericArguments()[0]) }
            : DocumentShape.IsMap(type) ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Schema(type.GetGenericArguments()[1]) }
            : type.IsEnum || DocumentShape.IsRecord(type) ? new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" }
            : type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
            : new JsonObject
            {
                ["type"] = type == typeof(bool) ? "boolean"
                    : DocumentShape.IsWhole(type) ? "integer"
                    : type == typeof(double) ? "number"
                    : type == typeof(string) ? "string"
                    : throw new NotSupportedException($"{type} has no JSON type."),
            };
    }
}
