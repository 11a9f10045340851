using System.Text.Json;
using System.Text.RegularExpressions;

namespace Onrush.Testing.Targets.Aws;

/// <summary>What CloudWatch demands of a dashboard.</summary>
internal static partial class DashboardRules
{
    /// <exception cref="AwsFaultException">It breaks a rule.</exception>
    public static void Check(string name, string text)
    {
        if (!Name().IsMatch(name))
            throw Wrong("DashboardName must be 1 to 255 letters, digits, - and _");
        JsonElement widgets;
        try
        {
            widgets = JsonDocument.Parse(text).RootElement.GetProperty("widgets");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            throw Wrong($"The field DashboardBody must be a valid JSON object: {exception.Message}");
        }

        if (widgets.GetArrayLength() > 500)
            throw Wrong("A dashboard has 500 widgets at most");
        foreach (var widget in widgets.EnumerateArray())
            Check(widget);
    }

    private static void Check(JsonElement widget)
    {
        int x = widget.GetProperty("x").GetInt32(), y = widget.GetProperty("y").GetInt32(), width = widget.GetProperty("width").GetInt32(), height = widget.GetProperty("height").GetInt32();
        if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > 24 || height > 1000)
            throw Wrong($"A widget at {x},{y} of {width} by {height} is not in the grid of 24 columns");
        var properties = widget.GetProperty("properties");
        if (widget.GetProperty("type").GetString() == "text")
        {
            if (properties.GetProperty("markdown").GetString() is not { Length: > 0 })
                throw Wrong("A text widget needs markdown");
            return;
        }

        if (properties.GetProperty("region").GetString() is not { Length: > 0 })
            throw Wrong("A metric widget needs a region");
        foreach (var metric in properties.GetProperty("metrics").EnumerateArray())
        {
            var parts = metric.EnumerateArray().ToList();
            bool isExpression = parts is [{ ValueKind: JsonValueKind.Object } only] && only.TryGetProperty("expression", out _);
            int words = parts.Count(part => part.ValueKind == JsonValueKind.String);
            if (!isExpression && (words < 2 || words % 2 != 0))
                throw Wrong("A metric is namespace, name and pairs of dimension and value");
        }
    }

    private static AwsFaultException Wrong(string message) => new("InvalidParameterInput", message);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex Name();
}
