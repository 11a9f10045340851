using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Onrush.Dashboard;

/// <summary>The JSON object a request brings. Reading a field that is not there gives null; one of another kind is an error of that field.</summary>
internal sealed class JsonBody
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 16 };

    private readonly JsonElement _root;
    private readonly Dictionary<string, string> _errors = [];

    private JsonBody(JsonElement root) => _root = root;

    /// <summary>An object inside the body, read in the same way.</summary>
    public static JsonBody Of(JsonElement element) => new(element);

    /// <summary>Reads the body; an empty one is an empty object.</summary>
    /// <exception cref="BadRequestException">It is no JSON object, or is not said to be JSON.</exception>
    public static async Task<JsonBody> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        // A form of a foreign page cannot be of this type.
        if (request.ContentType is { } type && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            throw new BadRequestException("Send Content-Type: application/json.");
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, context.RequestAborted).ConfigureAwait(false);
        if (copy.Length == 0)
            return new JsonBody(JsonDocument.Parse("{}").RootElement);
        try
        {
            var root = JsonDocument.Parse(copy.GetBuffer().AsMemory(0, (int)copy.Length), Limits).RootElement;
            return root.ValueKind == JsonValueKind.Object ? new JsonBody(root) : throw new BadRequestException("Send a JSON object.");
        }
        catch (JsonException)
        {
            throw new BadRequestException("The body is not JSON.");
        }
    }

    /// <summary>Whether there is such a field, of whatever kind.</summary>
    public bool Has(string name) => TryGet(_root, name, out _);

    /// <summary>A text.</summary>
    public string? Text(string name) => Field(name, JsonValueKind.String, "a text") is { } value ? TextOf(name, value) : null;

    /// <summary>A whole number, also as text.</summary>
    public int? Whole(string name) => Number(name) is not { } number ? null
        : number % 1 == 0 && number is >= int.MinValue and <= int.MaxValue ? (int)number
        : Wrong<int>(name, "must be a whole number");

    /// <summary>A number, also as text.</summary>
    public double? Number(string name)
    {
        if (!TryGet(_root, name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number))
            return number;
        return value.ValueKind == JsonValueKind.String && double.TryParse(TextOf(name, value), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number)
            ? number
            : Wrong<double>(name, "must be a number");
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string name) => TryGet(_root, name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A list of objects or texts.</summary>
    public IReadOnlyList<JsonElement>? List(string name) => Field(name, JsonValueKind.Array, "a list") is { } value ? [.. value.EnumerateArray()] : null;

    /// <summary>An inner object.</summary>
    public JsonElement? Object(string name) => Field(name, JsonValueKind.Object, "an object");

    /// <summary>Notes that a field is wrong.</summary>
    public void Wrong(string field, string why) => _errors[field] = why;

    /// <summary>Fails when any field was wrong.</summary>
    /// <exception cref="BadRequestException">One was.</exception>
    public void Check()
    {
        if (_errors.Count > 0)
            throw new BadRequestException(string.Join(" ", _errors.Values), _errors);
    }

    /// <summary>A field of an object; false when it is not there or null.</summary>
    public static bool TryGet(JsonElement element, string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The value of an option as text, whatever kind the page sent.</summary>
    public string? ValueText(string field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(field, value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(item => ValueText(field, item) ?? "")),
        JsonValueKind.Null => null,
        _ => WrongText(field, "must be a text, a number or yes or no"),
    };

    private JsonElement? Field(string name, JsonValueKind kind, string expected)
    {
        if (!TryGet(_root, name, out var value))
            return null;
        if (value.ValueKind == kind)
            return value;
        Wrong(name, $"{name} must be {expected}.");
        return null;
    }

    // JSON may hold half of a surrogate pair, which is no text.
    private string? TextOf(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return WrongText(name, "is no text");
        }
    }

    private string? WrongText(string name, string why)
    {
        Wrong(name, $"{name} {why}.");
        return null;
    }

    private T? Wrong<T>(string name, string why)
        where T : struct
    {
        Wrong(name, $"{name} {why}.");
        return null;
    }
}
