using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Onrush.Runs.Watching;

/// <summary>Where in a JSON document a number stands: names with dots, places in lists in brackets (<c>$.pools[0].active</c>, <c>jvm['heap.used']</c>).</summary>
internal sealed partial class JsonPath
{
    private readonly List<object> _steps;

    private JsonPath(string text, List<object> steps) => (Text, _steps) = (text, steps);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a path.</summary>
    /// <exception cref="WatchException">It is none.</exception>
    public static JsonPath Parse(string text)
    {
        string rest = text.StartsWith('$') ? text[1..] : "." + text;
        List<object> steps = [];
        int at = 0;
        foreach (Match step in Step().Matches(rest))
        {
            if (step.Index != at)
                break;
            at += step.Length;
            steps.Add(step.Groups["place"].Success
                ? int.Parse(step.Groups["place"].Value, CultureInfo.InvariantCulture)
                : step.Groups["quoted"].Success ? step.Groups["quoted"].Value : step.Groups["name"].Value);
        }

        return at == rest.Length && steps.Count > 0 ? new JsonPath(text, steps) : throw new WatchException($"path={text} is not a path such as $.pools[0].active");
    }

    /// <summary>The number at the path; true is 1 and false is 0.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public double Number(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var element = document.RootElement;
        foreach (object step in _steps)
        {
            element = step switch
            {
                int place when element.ValueKind == JsonValueKind.Array && place < element.GetArrayLength() => element[place],
                string name when element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inner) => inner,
                _ => throw new InvalidOperationException($"there is nothing at {Text} in the answer: {step} is missing"),
            };
        }

        return element.ValueKind switch
        {
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.String when double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
            var kind => throw new InvalidOperationException($"{Text} is no number in the answer but {kind}"),
        };
    }

    [GeneratedRegex(@"\.(?<name>[^.\[\]]+)|\[(?<place>\d{1,6})\]|\['(?<quoted>[^']+)'\]")]
    private static partial Regex Step();
}
