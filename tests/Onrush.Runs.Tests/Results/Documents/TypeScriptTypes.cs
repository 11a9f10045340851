using System.Text;

namespace Onrush.Runs.Tests.Results.Documents;

/// <summary>The document's types in TypeScript.</summary>
internal static class TypeScriptTypes
{
    public static string Of(Type root)
    {
        var descriptions = new Descriptions("src/Onrush.Runs/Results/Documents");
        var text = new StringBuilder()
            .Append("// The shape of a run's JSON document. Made from src/Onrush.Runs/Results/Documents by RunDocumentShapeTests; not edited by hand.\n")
            .Append("// Instants are ISO 8601 in UTC.\n");
        foreach (var type in DocumentShape.Enums(root).OrderBy(t => t.Name, StringComparer.Ordinal))
            text.Append($"\nexport type {type.Name} =\n  | {string.Join("\n  | ", DocumentShape.Words(type).Select(w => $"\"{w}\""))};\n");
        foreach (var record in DocumentShape.Records(root))
        {
            text.Append($"\n/** {descriptions.Of(record)} */\nexport interface {record.Name} {{\n");
            foreach (var property in DocumentShape.Properties(record))
            {
                text.Append($"  /** {descriptions.Of(property)} */\n");
                text.Append($"  {DocumentShape.Name(property)}: {Name(property.PropertyType)}{(DocumentShape.IsNullable(property) ? " | null" : "")};\n");
            }
            text.Append("}\n");
        }
        return text.ToString();
    }

    private static string Name(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return DocumentShape.IsList(type) ? Name(type.GetGenericArguments()[0]) + "[]"
            : DocumentShape.IsMap(type) ? $"Record<string, {Name(type.GetGenericArguments()[1])}>"
            : type.IsEnum || DocumentShape.IsRecord(type) ? type.Name
            : type == typeof(bool) ? "boolean"
            : DocumentShape.IsWhole(type) || type == typeof(double) ? "number"
            : type == typeof(string) || type == typeof(DateTimeOffset) ? "string"
            : throw new NotSupportedException($"{type} has no TypeScript type.");
    }
}
