using System.Globalization;
using System.Text.Json;

namespace Onrush.Runs.Tests.Results.Documents;

/// <summary>Checks a document against as much of JSON Schema as ours uses; a keyword it does not know is an error, not a pass.</summary>
internal sealed class SchemaValidator(JsonElement schema)
{
    private readonly List<string> _errors = [];

    public static IReadOnlyList<string> Errors(string schema, string document)
    {
        using var parsedSchema = JsonDocument.Parse(schema);
        using var parsed = JsonDocument.Parse(document);
        var validator = new SchemaValidator(parsedSchema.RootElement);
        validator.Check(parsedSchema.RootElement, parsed.RootElement, "$");
        return validator._errors;
    }

    private void Check(JsonElement rule, JsonElement value, string place)
    {
        foreach (var keyword in rule.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$schema" or "$id" or "title" or "description" or "$defs":
                    break;
                case "$ref":
                    Check(schema.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value, place);
                    break;
                case "type":
                    Require(HasType(value, keyword.Value.GetString()!), place, $"is {value.ValueKind}, not {keyword.Value}");
                    break;
                case "const":
                    Require(JsonElement.DeepEquals(value, keyword.Value), place, $"is {value}, not {keyword.Value}");
                    break;
                case "enum":
                    Require(keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)), place, $"{value} is not one of {keyword.Value}");
                    break;
                case "format":
                    Require(DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _), place, $"{value} is no {keyword.Value}");
                    break;
                case "required":
                    foreach (var name in keyword.Value.EnumerateArray())
                        Require(value.ValueKind != JsonValueKind.Object || value.TryGetProperty(name.GetString()!, out _), place, $"lacks {name}");
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        if (keyword.Value.TryGetProperty(property.Name, out var inner))
                            Check(inner, property.Value, $"{place}.{property.Name}");
                        else
                            _errors.Add($"{place} has {property.Name}, which the schema does not describe");
                    }
                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                        Check(keyword.Value, property.Value, $"{place}.{property.Name}");
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    int i = 0;
                    foreach (var item in value.EnumerateArray())
                        Check(keyword.Value, item, $"{place}[{i++}]");
                    break;
                case "anyOf":
                    CheckAny(keyword.Value, value, place);
                    break;
                case "properties" or "additionalProperties" or "items":
                    break;
                default:
                    throw new NotSupportedException($"This validator does not know {keyword.Name}.");
            }
        }
    }

    private void CheckAny(JsonElement rules, JsonElement value, string place)
    {
        int before = _errors.Count;
        foreach (var rule in rules.EnumerateArray())
        {
            int start = _errors.Count;
            Check(rule, value, place);
            if (_errors.Count == start)
            {
                _errors.RemoveRange(before, start - before);
                return;
            }
        }
    }

    private void Require(bool holds, string place, string otherwise)
    {
        if (!holds)
            _errors.Add($"{place} {otherwise}");
    }

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException(type),
    };
}
